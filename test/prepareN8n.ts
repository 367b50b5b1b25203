import { installN8n } from './support/n8n/installN8n';
import { RELEASES } from './support/n8n/releases';

async function prepare(): Promise<void> {
	for (const release of Object.values(RELEASES)) {
		await installN8n({ release, log: (line) => console.log(line) });
	}
}

prepare().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
