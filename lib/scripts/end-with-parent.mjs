// Preloaded into every process the commands start: when the command is killed outright and cannot tidy up, its end of
// the channel closes, and the process ends itself as if it had been asked to.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
