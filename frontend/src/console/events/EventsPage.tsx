import { PageSkeleton } from "../states";

export default function EventsPage() {
  return <PageSkeleton />;
}
