import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef } from "react";

import { init } from "./echarts";

interface ChartProps {
  option: EChartsCoreOption;
  label: string;
  onPress?: (index: number) => void;
}

/** A chart that fits its box; the page gives `.chart` its height. A picture for the eye only: give the same numbers as a table or links beside it. */
export default function Chart({ option, label, onPress }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);

  useEffect(() => {
    if (!box.current) return undefined;
    const drawn = init(box.current);
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);

  useEffect(() => {
    const drawn = chart.current;
    if (!drawn || !onPress) return undefined;
    const press = (event: { dataIndex?: number }) => {
      if (event.dataIndex !== undefined) onPress(event.dataIndex);
    };
    drawn.on("click", press);
    return () => {
      if (!drawn.isDisposed()) drawn.off("click", press);
    };
  }, [onPress]);

  return <div ref={box} role="img" aria-label={label} className="chart" />;
}
