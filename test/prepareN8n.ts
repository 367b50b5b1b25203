import { installN8n } from './support/n8n/installN8n';
import { chosenReleases, RELEASES } from './support/n8n/releases';
import { installScanner } from './support/n8n/scanPackage';

async function prepare(): Promise<void> {
	for (const name of chosenReleases()) {
		await installN8n({ release: RELEASES[name], log: (line) => console.log(line) });
	}
	await installScanner();
}

prepare().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
