import { MobileOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Input, QRCode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { PageHead } from "../PageHead";
import "./stations.css";

const LOCAL = /^(localhost|127\.|\[::1\])/u;

function addressOf(origin: string): string {
  return `${origin.trim().replace(/\/+$/u, "")}/pda`;
}

/** How the PDA gets onto a phone, a tablet or a kiosk. */
export default function StationsPage() {
  const { t } = useTranslation();
  const [origin, setOrigin] = useState(globalThis.location.origin);
  const address = addressOf(origin);
  const host = origin.replace(/^https?:\/\//u, "");
  return (
    <div className="page">
      <PageHead title={t("stations.title")} text={t("stations.text")}>
        <Button type="primary" icon={<MobileOutlined />} href="/pda" target="_blank">
          {t("stations.open")}
        </Button>
      </PageHead>
      <section className="panel stations">
        <figure>
          <QRCode value={address} size={240} type="svg" bordered={false} color="#14232a" bgColor="#ffffff" aria-label={t("stations.picture", { address })} />
          <figcaption className="code">{address}</figcaption>
        </figure>
        <Flex vertical gap={16}>
          <ol>
            <li>{t("stations.step.scan")}</li>
            <li>{t("stations.step.badge")}</li>
            <li>{t("stations.step.place")}</li>
            <li>{t("stations.step.home")}</li>
          </ol>
          <label>
            {t("stations.address")}
            <Input value={origin} onChange={(event) => setOrigin(event.target.value)} className="code" />
          </label>
          {LOCAL.test(host) && <Alert type="warning" showIcon title={t("stations.local")} />}
          {!origin.startsWith("https:") && <Alert type="info" showIcon title={t("stations.insecure")} description={t("stations.insecureText")} />}
        </Flex>
      </section>
    </div>
  );
}
