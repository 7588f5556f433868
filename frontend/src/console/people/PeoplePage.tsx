import { PageSkeleton } from "../states";

export default function PeoplePage() {
  return <PageSkeleton />;
}
