/** Small messages beside the entries (calls, confirmations): kept on the device until the server has answered for them. */
import { Problem } from "../../api/problem";
import type { Disk } from "./disk";

export interface Post {
  /** Names it: kept once, sent until it is answered. */
  id: string;
  path: string;
  body: unknown;
}

export type Sending = (path: string, body: unknown) => Promise<unknown>;
const POSTS = "posts";
const SOON = new Set([0, 401, 408, 425, 429]);

/** Whether the server may take it later as it is: out of reach, busy, or nobody signed in. */
const later = (error: unknown): boolean => error instanceof Problem && (SOON.has(error.status) || error.status >= 500);

export class Posts {
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly disk: Disk,
    private readonly send: Sending,
  ) {}

  async waiting(): Promise<Post[]> {
    return (await this.disk.read<Post[]>(POSTS)) ?? [];
  }

  /** Keep a message and try to send all that wait, in order. @returns whether it has been answered. @throws Problem what the server has against it. */
  async post(message: Post): Promise<boolean> {
    await this.inTurn(async () => {
      const kept = await this.waiting();
      if (!kept.some(({ id }) => id === message.id)) await this.disk.write(POSTS, [...kept, message]);
    });
    const refused = await this.flush();
    const fault = refused.get(message.id);
    if (fault) throw fault;
    return !(await this.waiting()).some(({ id }) => id === message.id);
  }

  /** Send what waits. @returns what the server refused, by id; that is kept no longer. */
  async flush(): Promise<Map<string, Problem>> {
    const refused = new Map<string, Problem>();
    await this.inTurn(async () => {
      for (const { id, path, body } of await this.waiting()) {
        try {
          await this.send(path, body);
        } catch (error) {
          if (later(error) || !(error instanceof Problem)) return;
          refused.set(id, error);
        }
        await this.disk.write(POSTS, (await this.waiting()).filter((each) => each.id !== id));
      }
    });
    return refused;
  }

  /** One after the other: two at once would lose each other's messages. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.running.then(work);
    this.running = next.catch(() => undefined);
    return next;
  }
}
