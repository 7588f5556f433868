import { PageSkeleton } from "../states";

export default function AuditPage() {
  return <PageSkeleton />;
}
