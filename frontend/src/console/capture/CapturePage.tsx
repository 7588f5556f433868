import { PageSkeleton } from "../states";

export default function CapturePage() {
  return <PageSkeleton />;
}
