// Loaded into the server (`node --import`): ends it when the process that started it is gone, even by SIGKILL.
// The pipe at stdin closes with that process.
process.stdin.on('end', () => process.exit(1));
process.stdin.resume();
