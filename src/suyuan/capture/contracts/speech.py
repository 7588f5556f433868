"""Speaking instead of typing, where the plant has a recogniser of its own."""

from __future__ import annotations

import msgspec

from suyuan.kernel.faults import fault_kind


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood; empty where nothing was."""

    text: str


NO_ENGINE = fault_kind(
    "capture.speech_none", 409,
    zh="服务器上没有设置语音识别。", en="No speech recogniser is set up at the server.",
    remedy_zh="请用键盘输入；管理员可用 SUYUAN_SPEECH_URL 接入本地识别服务。",
    remedy_en="Use the keys; an administrator connects a local recogniser with SUYUAN_SPEECH_URL.",
)
ENGINE_AWAY = fault_kind(
    "capture.speech_away", 502,
    zh="语音识别服务没有回答：{why}", en="The speech recogniser did not answer: {why}",
    remedy_zh="请用键盘输入，并通知管理员。", remedy_en="Use the keys, and tell the administrator.",
)
ENGINE_BUSY = fault_kind(
    "capture.speech_busy", 503,
    zh="语音识别服务正忙。", en="The speech recogniser is busy.",
    remedy_zh="请过 {retry_after} 秒再说一遍，或用键盘输入。",
    remedy_en="Say it again in {retry_after} s, or use the keys.",
)
NO_SOUND = fault_kind(
    "capture.speech_no_sound", 415,
    zh="收到的不是录音（{found}）。", en="What came is no sound ({found}).",
    remedy_zh="请发送 WebM、Ogg、MP4 或 WAV 录音。", remedy_en="Send sound as WebM, Ogg, MP4 or WAV.",
)
