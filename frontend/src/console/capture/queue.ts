import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { create } from "zustand";

import { type ErrorBehaviour, sendCapture } from "../../api/capture";
import { client, unwrap } from "../../api/client";
import type { CaptureJobDetail } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";

export type EntryState = "waiting" | "sending" | "running" | "done" | "partly" | "refused";

export interface Entry {
  key: number;
  name: string;
  body: Blob;
  behaviour: ErrorBehaviour;
  state: EntryState;
  /** Of the upload, between 0 and 1. */
  progress: number;
  job: CaptureJobDetail | null;
  problem: Problem | null;
}

interface Queue {
  entries: Entry[];
  lastKey: number;
}

/** What was dropped on the page; it outlives a visit to another page. */
export const useQueue = create<Queue>()(() => ({ entries: [], lastKey: 0 }));

const POLL_MS = 700;

function change(key: number, part: Partial<Entry>): void {
  useQueue.setState(({ entries }) => ({ entries: entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)) }));
}

export function addToQueue(files: readonly { name: string; body: Blob }[], behaviour: ErrorBehaviour): void {
  useQueue.setState(({ entries, lastKey }) => ({
    lastKey: lastKey + files.length,
    entries: [
      ...entries,
      ...files.map(({ name, body }, index): Entry => ({
        key: lastKey + 1 + index,
        name,
        body,
        behaviour,
        state: "waiting",
        progress: 0,
        job: null,
        problem: null,
      })),
    ],
  }));
}

export function retryEntry(key: number): void {
  change(key, { state: "waiting", progress: 0, job: null, problem: null });
}

export function clearQueue(): void {
  useQueue.setState(({ entries }) => ({ entries: entries.filter(({ state }) => ["waiting", "sending", "running"].includes(state)) }));
}

/** What a finished job amounts to. */
export function outcomeOf(job: Pick<CaptureJobDetail, "accepted" | "refused" | "success">): EntryState {
  if (job.refused === 0 && job.success) return "done";
  return job.accepted > 0 ? "partly" : "refused";
}

async function finished(id: string, signal: AbortSignal): Promise<CaptureJobDetail> {
  for (;;) {
    const job = await unwrap(client.GET("/api/v1/capture/jobs/{job_id}", { params: { path: { job_id: id } }, signal }));
    if (!job.running) return job;
    await pause(POLL_MS);
  }
}

async function send(entry: Entry, signal: AbortSignal): Promise<void> {
  change(entry.key, { state: "sending" });
  try {
    const id = await uploaded(entry, signal);
    change(entry.key, { state: "running", progress: 1 });
    const job = await finished(id, signal);
    change(entry.key, { job, state: outcomeOf(job) });
  } catch (error) {
    change(entry.key, { state: "refused", problem: asProblem(error) });
  }
}

/** Send the file until the server takes it or refuses it; while it asks for a moment, the file waits. */
async function uploaded(entry: Entry, signal: AbortSignal): Promise<string> {
  for (;;) {
    try {
      return await sendCapture({
        name: entry.name,
        body: entry.body,
        behaviour: entry.behaviour,
        onProgress: (progress) => change(entry.key, progress < 1 ? { progress } : { progress, state: "running" }),
        signal,
      });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 429) throw error;
      change(entry.key, { state: "sending", progress: 0 });
      await pause(Math.max(1, Number(problem.params.retry_after ?? 0)) * 1000);
    }
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Sends what waits, one file after another, so that their order is the order of recording. */
export function useQueueRunner(): void {
  const cache = useQueryClient();
  const busy = useRef(false);
  const run = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (;;) {
        const next = useQueue.getState().entries.find(({ state }) => state === "waiting");
        if (!next) break;
        await send(next, new AbortController().signal);
        void cache.invalidateQueries({ queryKey: ["captureJobs"] });
        void cache.invalidateQueries({ queryKey: ["events"] });
      }
    } finally {
      busy.current = false;
    }
  }, [cache]);
  const waiting = useQueue(({ entries }) => entries.some(({ state }) => state === "waiting"));
  useEffect(() => {
    if (waiting) void run();
  }, [waiting, run]);
}
