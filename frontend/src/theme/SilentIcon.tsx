import type { IconComponentProps } from "@ant-design/icons/es/components/AntdIconLight";
import DrawnIcon from "@ant-design/icons/es/components/AntdIcon";
import { forwardRef } from "react";

/**
 * Every icon, antd's own included: the build puts this in the place of the component that draws them (vite.config.ts).
 *
 * The original announces the English name of its drawing ("plus", "info-circle") to whoever listens to the page. An icon
 * decorates the words beside it, so it is silent; one that stands alone speaks only if it is given a name.
 */
const SilentIcon = forwardRef<HTMLSpanElement, Omit<IconComponentProps, "ref">>((props, ref) => {
  const label = props["aria-label"];
  const spoken = label ? { role: "img", "aria-label": label } : { role: undefined, "aria-label": undefined, "aria-hidden": true };
  return <DrawnIcon {...props} {...spoken} ref={ref} />;
});
SilentIcon.displayName = "SilentIcon";

export default SilentIcon;
