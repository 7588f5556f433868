import StepHandler from "@rc-component/input-number/es/StepHandler";
import type { ComponentProps } from "react";

/**
 * The small arrows of number fields, for the mouse: the build puts this in their place (vite.config.ts).
 *
 * The original announces itself as English buttons ("Increase Value"); who listens steps with the arrow keys in the field.
 */
export default function SilentStep(props: ComponentProps<typeof StepHandler>) {
  return (
    <span aria-hidden="true" style={{ display: "contents" }}>
      <StepHandler {...props} />
    </span>
  );
}
