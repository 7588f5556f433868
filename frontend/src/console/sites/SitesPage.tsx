import { PageSkeleton } from "../states";

export default function SitesPage() {
  return <PageSkeleton />;
}
