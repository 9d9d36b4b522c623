/**
 * Loaded into n8n before its own code: when the command that started it is gone, however it went, n8n ends too.
 * The channel to the parent closes even when the parent is killed.
 */
if (process.channel) {
	process.channel.unref();
	process.once('disconnect', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref();
	});
}
