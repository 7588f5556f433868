import { PageSkeleton } from "../states";

export default function RolesPage() {
  return <PageSkeleton />;
}
