// Whether desktop VS Code can be used here.
import { findProgram } from './folders.mjs';

/** Somebody, or a virtual screen, can show a window. */
export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns the `code` on PATH, or undefined */
export function findDesktop() {
  // In a terminal of a remote VS Code, `code` is another program, which knows nothing of extensions under development.
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  return findProgram(process.platform === 'win32' ? ['code.cmd'] : ['code']);
}

/** Downloads VS Code into .vscode-test. @returns its executable, or undefined where it cannot be had */
export async function downloadDesktop({ log = console.log, version = 'stable' } = {}) {
  if (!(await isReachable())) return undefined;
  const { downloadAndUnzipVSCode, ProgressReportStage } = await import('@vscode/test-electron');
  const report = ({ stage }) => {
    if (stage === ProgressReportStage.Downloading) log('Downloading VS Code (about 150 MB; once per version).');
  };
  try {
    return await downloadAndUnzipVSCode({ version, reporter: { report, error: report } });
  } catch (error) {
    log(`VS Code could not be downloaded: ${error.message}`);
    return undefined;
  }
}

/** Asks briefly, so that a machine without internet does not wait out the minute-long time-outs of the download. */
async function isReachable() {
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(4000) });
    return answer.ok;
  } catch {
    return false;
  }
}
