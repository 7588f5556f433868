import { EditOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Progress, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { client, unwrap } from "../../api/client";
import type { OrderDetail, OrderStep } from "../../api/production";
import { useMay, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/making";
import { FormDrawer } from "../../meta/FormDrawer";
import { unitText } from "../../trace/units";
import { MadeFor } from "../demand/MadeFor";
import { ProblemView } from "../ProblemView";
import { OrderShortages } from "../shortages/OrderShortages";
import { SplitDialog, StepDialog } from "./OrderDialogs";
import { type OrderForm, toChange, toForm, toInput, useOrderFields } from "./orderFields";
import "./orders.css";
import { Due, OrderStateTag } from "./OrdersPage";

const FIRST: readonly OrderStep[] = ["release", "start", "resume", "complete", "close"];

function Operations({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return (
    <section className="panel order-part" aria-label={t("making.order.operations")}>
      <h2>{t("making.order.operations")}</h2>
      {detail.operations.length === 0 ? (
        <p className="muted">{t("making.order.noneYet")}</p>
      ) : (
        <Table
          size="small"
          pagination={false}
          rowKey={(row) => row.operation ?? row.name_zh}
          dataSource={[...detail.operations]}
          columns={[
            { title: t("making.column.name"), render: (_, row) => named(language, row.name_zh, row.name_en) },
            { title: t("making.order.passed"), align: "end", render: (_, row) => <span className="num">{formats.number(row.passed)}</span> },
            { title: t("making.order.failed"), align: "end", render: (_, row) => (row.failed > 0 ? <Tag color="error">{formats.number(row.failed)}</Tag> : <span className="num">0</span>) },
            { title: t("making.order.last"), render: (_, row) => (row.last ? <span className="num">{formats.dateTime(row.last)}</span> : "–") },
          ]}
        />
      )}
    </section>
  );
}

function Materials({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const formats = useFormats();
  const amount = (value: string, unit: string) => <span className="num">{`${formats.decimal(value)} ${unit}`}</span>;
  return (
    <section className="panel order-part" aria-label={t("making.order.materials")}>
      <h2>{t("making.order.materials")}</h2>
      {detail.materials.length === 0 ? (
        <p className="muted">{t("making.order.noBill")}</p>
      ) : (
        <Table
          size="small"
          pagination={false}
          rowKey="material"
          dataSource={[...detail.materials]}
          columns={[
            {
              title: t("making.column.name"),
              render: (_, row) => (
                <>
                  {named(language, row.name_zh, row.name_en, names.of("products", row.material))} {row.alternatives.length > 0 && <Tag>{t("making.order.alternatives", { count: row.alternatives.length })}</Tag>}
                </>
              ),
            },
            { title: t("making.order.needed"), align: "end", render: (_, row) => amount(row.needed, row.unit) },
            { title: t("making.order.used"), align: "end", render: (_, row) => amount(row.used, row.unit) },
            { title: t("making.order.onHand"), align: "end", render: (_, row) => amount(row.on_hand, row.unit) },
            { title: t("making.order.missing"), align: "end", render: (_, row) => (Number(row.missing) > 0 ? <Tag color="error">{`${formats.decimal(row.missing)} ${unitText(row.unit, t("trace.piece"))}`}</Tag> : <Tag color="success">{t("making.order.complete")}</Tag>) },
          ]}
        />
      )}
    </section>
  );
}

interface InstructionSteps {
  operation: string;
  name_zh: string;
  name_en: string;
  steps: { text_zh: string; text_en: string; picture: string | null }[];
}

function Instructions({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = detail.instructions as unknown as InstructionSteps[];
  return (
    <section className="panel order-part" aria-label={t("making.order.instructions")}>
      <h2>{t("making.order.instructions")}</h2>
      {rows.length === 0 && <p className="muted">{t("making.order.noInstructions")}</p>}
      {rows.map((row) => (
        <div key={row.operation}>
          <h3>{named(language, row.name_zh, row.name_en)}</h3>
          <ol className="order-instructions">
            {row.steps.map((step, at) => (
              <li key={at}>
                {named(language, step.text_zh, step.text_en)}
                {step.picture && <img src={step.picture} alt={named(language, step.text_zh, step.text_en)} />}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Facts({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const withheld = useWithheld();
  const { order } = detail.row;
  const version = (key: string | null, number: number | null) => (key === null ? "–" : number === null ? `${key} · ${t("making.order.notPinned")}` : `${key} v${number}`);
  const facts: [string, React.ReactNode][] = [
    [t("making.order.due"), <Due key="due" due={order.due} state={order.state} />],
    [t("making.order.priority"), order.priority],
    [t("making.order.line"), order.line ? names.of("places", order.line) : "–"],
    [t("making.tab.routes"), version(order.route_key, order.route_version)],
    [t("making.tab.bills"), version(order.bom_key, order.bom_version)],
    [t("making.order.customer"), [withheld("parties") ? t("withheld.value") : order.customer, order.sales_order].filter(Boolean).join(" · ") || "–"],
    [t("making.order.note"), order.note || "–"],
    ...(order.reason ? [[t("making.order.reason"), order.reason] as [string, React.ReactNode]] : []),
  ];
  return (
    <dl className="order-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An order: its life, its progress as events say, material and instructions. */
export default function OrderPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const names = useNames();
  const cache = useQueryClient();
  const may = useMay();
  const withheld = useWithheld();
  const id = Number(useParams().order);
  const [step, setStep] = useState<OrderStep | "split" | "edit" | null>(null);
  const query = useQuery({ queryKey: ["orders", "one", id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/orders/{order_id}", { params: { path: { order_id: id } }, signal })), refetchInterval: 15_000 });
  const detail = query.data;
  const released = detail !== undefined && detail.row.order.state !== "draft";
  const fields = useOrderFields(released);
  if (query.error && !detail) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!detail) return <Skeleton active />;
  const { order, steps } = detail.row;
  const refresh = () => cache.invalidateQueries({ queryKey: ["orders"] });
  const runs = may("production:order:release");
  const done = Math.min(100, Math.round((100 * Number(detail.made)) / Math.max(1, Number(order.quantity))));
  const open = order.state !== "closed" && order.state !== "cancelled";
  const first = steps.find((each) => FIRST.includes(each));
  return (
    <div className="page order">
      <div className="page-head">
        <div>
          <Link to="/orders">{t("making.order.title")}</Link>
          <h1>
            {order.number} <OrderStateTag state={order.state} />
          </h1>
          <p>{named(language, detail.row.product_zh, detail.row.product_en, names.of("products", order.product))}</p>
        </div>
        <div className="page-head-actions">
          {may("production:order:write") && open && (
            <Button icon={<EditOutlined />} onClick={() => setStep("edit")}>
              {t("making.order.info")}
            </Button>
          )}
          {runs && open && order.state !== "completed" && <Button onClick={() => setStep("split")}>{t("making.order.split")}</Button>}
          {runs &&
            steps.map((each) => (
              <Button key={each} {...(each === first ? { type: "primary" as const } : {})} danger={each === "cancel"} data-step={each} onClick={() => setStep(each)}>
                {t(`making.order.step.${each}`)}
              </Button>
            ))}
        </div>
      </div>
      <section className="panel order-progress" aria-label={t("making.order.progress")}>
        <div className="order-bar">
          <Progress percent={done} aria-label={t("making.order.progress")} />
          <span>{t("making.order.openOf", { made: formats.decimal(detail.made), quantity: `${formats.decimal(order.quantity)} ${unitText(order.unit, t("trace.piece"))}` })}</span>
        </div>
        <ul>
          <li>
            <strong className="num">{formats.decimal(detail.made)}</strong> {t("making.order.made")}
          </li>
          <li>
            <strong className="num">{formats.number(detail.scrapped)}</strong> {t("making.order.scrapped")}
          </li>
        </ul>
        <Facts detail={detail} />
      </section>
      <MadeFor order={order.id} />
      <Operations detail={detail} />
      <Materials detail={detail} />
      {["released", "started", "paused"].includes(order.state) && <OrderShortages order={order.id} />}
      <Instructions detail={detail} />
      {detail.children.length > 0 && (
        <section className="panel order-part" aria-label={t("making.order.children")}>
          <h2>{t("making.order.children")}</h2>
          <ul>
            {detail.children.map((child) => (
              <li key={child.id}>
                <Link to={`/orders/${child.id}`}>{child.number}</Link> <span className="num">{formats.decimal(child.quantity)}</span> <OrderStateTag state={child.state} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {step === "split" && <SplitDialog id={id} onDone={refresh} onClose={() => setStep(null)} />}
      {step !== null && step !== "split" && step !== "edit" && <StepDialog id={id} step={step} onDone={refresh} onClose={() => setStep(null)} />}
      <FormDrawer<OrderForm>
        open={step === "edit"}
        title={t("making.order.edit", { number: order.number })}
        fields={fields}
        initial={toForm(order)}
        onSubmit={async (form) => {
          const body = released ? toChange(form) : toInput(form);
          const { customer: _, ...unnamed } = body;
          await unwrap(client.PATCH("/api/v1/orders/{order_id}", { params: { path: { order_id: id } }, body: withheld("parties") ? unnamed : body }));
          await refresh();
        }}
        onClose={() => setStep(null)}
      />
    </div>
  );
}
