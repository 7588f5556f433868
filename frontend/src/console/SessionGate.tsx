import { Flex, Spin } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useForgetting, useSessionQuery } from "../api/session";
import { Mark } from "../theme/Mark";
import { OfflineBanner } from "./OfflineBanner";
import { ProblemView } from "./ProblemView";
import { Shell } from "./Shell";

const Duties = lazy(() => import("./account/Duties"));
const SignIn = lazy(() => import("./SignIn"));

/** Lets only signed-in people through, once they have done what they must; everyone else meets the sign-in page at the same address. */
export function SessionGate() {
  const { t } = useTranslation();
  const session = useSessionQuery();
  useForgetting(session.data);
  if (session.data?.must.length) {
    return (
      <>
        <OfflineBanner />
        <Suspense>
          <Duties />
        </Suspense>
      </>
    );
  }
  if (session.data) return <Shell />;
  if (session.data === null) {
    return (
      <>
        <OfflineBanner />
        <Suspense>
          <SignIn />
        </Suspense>
      </>
    );
  }
  return (
    <Flex vertical align="center" justify="center" gap={24} className="gate" component="main">
      <Mark size={56} title={t("shell.productLong")} />
      {session.error ? (
        <ProblemView error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Spin aria-label={t("shell.loading")} />
      )}
    </Flex>
  );
}
