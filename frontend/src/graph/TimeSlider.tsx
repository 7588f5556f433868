import { CaretRightOutlined, PauseOutlined } from "@ant-design/icons";
import { Button, Slider } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../i18n/format";

const STEPS = 240;
const PLAY_MS = 40;

interface TimeSliderProps {
  readonly span: readonly [number, number];
  readonly until: number;
  readonly onUntil: (until: number) => void;
}

/** Show only what had happened by a moment; playing it shows how the goods flowed. */
export function TimeSlider({ span: [from, to], until, onUntil }: TimeSliderProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [playing, setPlaying] = useState(false);
  const value = until >= to ? STEPS : Math.max(0, Math.round(((until - from) / (to - from)) * STEPS));
  const timeOf = (step: number): number => (step >= STEPS ? Infinity : from + ((to - from) * step) / STEPS);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => {
      if (value >= STEPS) setPlaying(false);
      else onUntil(timeOf(value + 1));
    }, PLAY_MS);
    return () => clearTimeout(timer);
  });
  const play = (): void => {
    if (!playing && value >= STEPS) onUntil(from);
    setPlaying(!playing);
  };
  const text = value >= STEPS ? t("graph.time.all") : t("graph.time.until", { time: formats.dateTime(new Date(timeOf(value)).toISOString()) });
  return (
    <div className="time-slider" data-graph-overlay>
      <Button
        size="small"
        type="text"
        icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
        aria-label={playing ? t("graph.time.pause") : t("graph.time.play")}
        onClick={play}
      />
      <Slider
        min={0}
        max={STEPS}
        value={value}
        onChange={(step) => onUntil(timeOf(step))}
        ariaLabelForHandle={t("graph.time.label")}
        ariaValueTextFormatterForHandle={() => text}
        tooltip={{ open: false }}
      />
      <span className="num time-slider-text">{text}</span>
    </div>
  );
}
