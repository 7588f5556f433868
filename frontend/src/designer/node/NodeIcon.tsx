import {
  AppstoreAddOutlined,
  BuildOutlined,
  CarOutlined,
  DeleteOutlined,
  DownloadOutlined,
  ExperimentOutlined,
  FormOutlined,
  ForkOutlined,
  InboxOutlined,
  MergeCellsOutlined,
  PlayCircleOutlined,
  RollbackOutlined,
  SelectOutlined,
  SendOutlined,
  StopOutlined,
  ToolOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

/** Pictures of nodes by the names that definitions give. */
export const NODE_ICONS: Readonly<Record<string, ReactNode>> = {
  receive: <DownloadOutlined />,
  feed: <AppstoreAddOutlined />,
  start: <PlayCircleOutlined />,
  finish: <StopOutlined />,
  inspect: <ExperimentOutlined />,
  pack: <InboxOutlined />,
  shelf: <BuildOutlined />,
  pick: <SelectOutlined />,
  ship: <CarOutlined />,
  return: <RollbackOutlined />,
  scrap: <DeleteOutlined />,
  split: <ForkOutlined />,
  merge: <MergeCellsOutlined />,
  rework: <ToolOutlined />,
  send: <SendOutlined />,
};

export function NodeIcon({ name }: { name: string }) {
  return <span aria-hidden>{NODE_ICONS[name] ?? <FormOutlined />}</span>;
}
