import { PageSkeleton } from "../states";

export default function AccountPage() {
  return <PageSkeleton />;
}
