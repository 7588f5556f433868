import { PageSkeleton } from "../states";

export default function HomePage() {
  return <PageSkeleton />;
}
