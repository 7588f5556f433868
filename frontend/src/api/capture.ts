import { requestHeaders } from "./client";
import { useConnection } from "./connection";
import { Problem, UNREACHABLE, UNREADABLE } from "./problem";

export type ErrorBehaviour = "rollback" | "proceed";

export interface Upload {
  name: string;
  body: Blob;
  behaviour: ErrorBehaviour;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

function problemIn(request: XMLHttpRequest): Problem {
  try {
    const body: unknown = JSON.parse(request.responseText);
    if (typeof body === "object" && body !== null) return new Problem(request.status, body);
  } catch {
    // no problem document: the status has to do
  }
  return new Problem(request.status, { code: `http.${request.status}` });
}

/** The job a capture was given: the last step of `Location: /epcis/v2/capture/{id}`. */
export function jobIn(location: string | null): string | null {
  return location?.split("/").filter(Boolean).at(-1) ?? null;
}

/**
 * Send a document to the EPCIS capture interface. XMLHttpRequest, because only it tells how far the upload has come.
 * @returns the id of the capture job.
 */
export function sendCapture({ name, body, behaviour, onProgress, signal }: Upload): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/epcis/v2/capture?name=${encodeURIComponent(name)}`);
    for (const [header, value] of Object.entries(requestHeaders("POST"))) request.setRequestHeader(header, value);
    request.setRequestHeader("Content-Type", "application/json");
    request.setRequestHeader("GS1-EPCIS-Version", "2.0.0");
    request.setRequestHeader("GS1-Capture-Error-Behaviour", behaviour);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      useConnection.getState().report(true);
      const id = jobIn(request.getResponseHeader("Location"));
      if (request.status < 200 || request.status >= 300) reject(problemIn(request));
      else if (id === null) reject(new Problem(request.status, { code: UNREADABLE }));
      else resolve(id);
    };
    request.onerror = () => {
      useConnection.getState().report(false);
      reject(new Problem(0, { code: UNREACHABLE }));
    };
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
