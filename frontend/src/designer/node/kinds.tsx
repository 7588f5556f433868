import {
  AimOutlined,
  ApartmentOutlined,
  BarcodeOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CameraOutlined,
  CheckSquareOutlined,
  AudioOutlined,
  ClockCircleOutlined,
  ColumnWidthOutlined,
  DatabaseOutlined,
  EditOutlined,
  FieldNumberOutlined,
  FieldTimeOutlined,
  FolderOutlined,
  FontSizeOutlined,
  HourglassOutlined,
  InfoCircleOutlined,
  LineOutlined,
  LinkOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PaperClipOutlined,
  PercentageOutlined,
  PhoneOutlined,
  StarOutlined,
  TableOutlined,
  ToolOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { client, unwrap } from "../../api/client";
import type { FieldKind } from "./model";

export const KIND_ICONS: Record<FieldKind, ReactNode> = {
  scan: <BarcodeOutlined />,
  text: <FontSizeOutlined />,
  number: <FieldNumberOutlined />,
  choice: <UnorderedListOutlined />,
  yes_no: <CheckSquareOutlined />,
  date: <CalendarOutlined />,
  datetime: <ClockCircleOutlined />,
  rating: <StarOutlined />,
  percent: <PercentageOutlined />,
  money: <MoneyCollectOutlined />,
  time: <FieldTimeOutlined />,
  duration: <HourglassOutlined />,
  cascade: <ApartmentOutlined />,
  phone: <PhoneOutlined />,
  email: <MailOutlined />,
  link: <LinkOutlined />,
  person: <UserOutlined />,
  equipment: <ToolOutlined />,
  location: <AimOutlined />,
  lookup: <DatabaseOutlined />,
  formula: <CalculatorOutlined />,
  photo: <CameraOutlined />,
  file: <PaperClipOutlined />,
  signature: <EditOutlined />,
  voice: <AudioOutlined />,
  section: <LineOutlined />,
  sub_table: <TableOutlined />,
  note: <InfoCircleOutlined />,
  tab: <FolderOutlined />,
  columns: <ColumnWidthOutlined />,
};

/** Every kind of field that forms have, or will have. */
export function useFieldKinds() {
  return useQuery({
    queryKey: ["field-kinds"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/field-kinds", { signal })),
    staleTime: Infinity,
  });
}
