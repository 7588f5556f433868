import { Flex } from "antd";
import type { ReactNode } from "react";

import { LostStream } from "../theme/LostStream";

/** An empty list that says what to do next. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Flex vertical align="center" className="panel empty">
      <LostStream size={88} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </Flex>
  );
}
