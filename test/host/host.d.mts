import type { BrowserContext, Page } from 'playwright-core';

/** What every start of the host takes. */
export interface HostOptions {
  /** A folder, or a .code-workspace file. */
  folder?: string;
  /** Folders of the extensions under development. */
  extensions?: string[];
  /** Ids (`publisher.name`) of the extensions that get the API proposals they declare. */
  proposedApi?: string[];
  /** User settings. */
  settings?: Record<string, unknown>;
  /** Those that VS Code takes of the machine alone on which extensions run. */
  machineSettings?: Record<string, unknown>;
  /** False: a workspace is not trusted until somebody says so. */
  trusts?: boolean;
  /** Of code-server; a folder of test/host/versions. */
  version?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  log?: (line: string) => void;
}

export interface Workbench {
  page: Page;
  context: BrowserContext;
  url: string;
  /** Writes a PNG file, and the folders it needs. */
  screenshot: (file: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** Whether the host runs on this machine's system. */
export const isSupported: boolean;

export function prepareHost(options?: Pick<HostOptions, 'version' | 'log'>): Promise<void>;

export interface Served {
  url: string;
  port: number;
  stop: () => Promise<void>;
  /** Settles when the server ended, by itself or by `stop`. */
  gone: Promise<unknown>;
}

export function serve(options: HostOptions & { openFile?: string }): Promise<Served>;

export function launch(options: HostOptions & { viewport?: { width: number; height: number } }): Promise<Workbench>;

export function runExtensionTests(
  options: HostOptions & { testsPath: string; timeoutMs?: number; screenshot?: string },
): Promise<number>;
