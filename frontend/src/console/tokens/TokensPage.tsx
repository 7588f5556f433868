import { PageSkeleton } from "../states";

export default function TokensPage() {
  return <PageSkeleton />;
}
