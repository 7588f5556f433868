/** Asking the browser for passkeys. The server speaks the JSON form of WebAuthn level 3, the browser bytes. */
import { client, unwrap } from "./client";
import { Problem } from "./problem";

type Options = Record<string, unknown>;
type Answer = Record<string, unknown>;
interface Described {
  id: string;
  type: PublicKeyCredentialType;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0) ?? 0);
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCodePoint(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const described = (list: unknown) => ((list ?? []) as Described[]).map((each) => ({ ...each, id: bytes(each.id) }));

/** Whether this page, as it was opened, may ask for passkeys: only over TLS, or on this very machine. */
export function passkeysWork(): boolean {
  return globalThis.isSecureContext && "PublicKeyCredential" in globalThis;
}

/** The person closed the browser's dialog, or the device refused. */
export const PASSKEY_STOPPED = "client.passkey_stopped";

async function asked<Made>(work: Promise<Made | null>): Promise<Made> {
  try {
    const made = await work;
    if (made) return made;
  } catch {
    // the browser tells no more than that nothing came of it
  }
  throw new Problem(0, { code: PASSKEY_STOPPED });
}

function told(credential: PublicKeyCredential, response: Record<string, string>): Answer {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

async function create(options: Options): Promise<Answer> {
  const user = options.user as { id: string; name: string; displayName: string };
  const publicKey = {
    ...options,
    challenge: bytes(String(options.challenge)),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: described(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await asked(navigator.credentials.create({ publicKey }))) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return told(made, { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) });
}

async function get(options: Options): Promise<Answer> {
  const publicKey = {
    ...options,
    challenge: bytes(String(options.challenge)),
    allowCredentials: described(options.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const made = (await asked(navigator.credentials.get({ publicKey }))) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  return told(made, {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
  });
}

/** Make a passkey on a device of the person who is signed in; the password is theirs. */
export async function makePasskey(password: string): Promise<Answer> {
  const { options } = await unwrap(client.POST("/api/v1/session/passkeys/begin", { body: { password } }));
  return create(options);
}

/** Let a passkey answer for signing in. */
export async function askPasskey(): Promise<Answer> {
  const { options } = await unwrap(client.POST("/api/v1/session/passkeys/ask"));
  return get(options);
}

/** Let a passkey of the person who is signed in answer for a signature. */
export async function askPasskeyToSign(): Promise<Answer> {
  const { options } = await unwrap(client.POST("/api/v1/session/passkeys/sign"));
  return get(options);
}
