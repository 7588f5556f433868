import { DeleteOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Drawer, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { cleanCode } from "../../trace/codes";
import { useReportProblem } from "../ProblemView";

/** How many of what one container takes. */
export function Specifications({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [child, setChild] = useState("");
  const [capacity, setCapacity] = useState<number | null>(null);
  const [mixed, setMixed] = useState(false);
  const { data } = useQuery({ queryKey: ["packingSpecs"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/bindings/specs", { signal })) });
  const after = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      await cache.invalidateQueries({ queryKey: ["packingSpecs"] });
    } catch (error) {
      report(error);
    }
  };
  const add = (): void =>
    void after(
      unwrap(client.POST("/api/v1/bindings/specs", { body: { child: cleanCode(child) || "carrier", capacity: capacity ?? 0, mixed } })).then(() => {
        setChild("");
        setCapacity(null);
      }),
    );
  return (
    <Drawer open title={t("packing.specs.title")} onClose={onClose} size="large">
      <p className="muted">{t("packing.specs.text")}</p>
      <table className="pack-specs">
        <thead>
          <tr>
            <th scope="col">{t("packing.specs.child")}</th>
            <th scope="col">{t("packing.specs.capacity")}</th>
            <th scope="col">{t("packing.specs.mixed")}</th>
            <th scope="col">{t("packing.specs.action")}</th>
          </tr>
        </thead>
        <tbody>
          {data?.rows.map((spec) => (
            <tr key={spec.id}>
              <td className="code">{spec.child === "carrier" ? t("packing.specs.carrier") : spec.child.replace(/^https:\/\/id\.gs1\.org/u, "")}</td>
              <td className="num">{spec.capacity}</td>
              <td>
                <Checkbox
                  checked={spec.mixed}
                  aria-label={t("packing.specs.mixed")}
                  onChange={(event) =>
                    void after(
                      unwrap(
                        client.PATCH("/api/v1/bindings/specs/{spec_id}", {
                          params: { path: { spec_id: spec.id } },
                          body: { capacity: spec.capacity, mixed: event.target.checked },
                        }),
                      ),
                    )
                  }
                />
              </td>
              <td>
                <Button
                  size="small"
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={t("packing.specs.remove")}
                  onClick={() => void after(unwrap(client.DELETE("/api/v1/bindings/specs/{spec_id}", { params: { path: { spec_id: spec.id } } })))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="pack-way">
        <Input value={child} onChange={(event) => setChild(event.target.value)} placeholder={t("packing.specs.childHelp")} aria-label={t("packing.specs.child")} />
        <InputNumber min={1} max={100_000} precision={0} value={capacity} onChange={setCapacity} placeholder={t("packing.specs.capacity")} aria-label={t("packing.specs.capacity")} />
        <Checkbox checked={mixed} onChange={(event) => setMixed(event.target.checked)}>
          {t("packing.specs.mixed")}
        </Checkbox>
        <Button type="primary" disabled={capacity === null} onClick={add}>
          {t("packing.specs.add")}
        </Button>
      </div>
    </Drawer>
  );
}
