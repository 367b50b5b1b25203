import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { release } from '../n8n/releases';

export type Editor = ReturnType<typeof createEditor>;

/** What a person does in n8n's editor, by the marks that n8n sets for its own tests. */
export function createEditor(page: Page, url: string) {
	// Nothing that a test leaves unsaved is worth a question.
	page.on('dialog', (dialog) => void dialog.accept());

	const part = (id: string, within: Page | Locator = page) =>
		within.locator(`[data-test-id="${id}"]`);

	const node = (name: string) =>
		page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);

	const parameter = (name: string) => part(`parameter-input-${name}`);

	const option = page.getByRole('option').filter({ visible: true });
	const headline = option.locator('.option-headline');

	async function dropDown(name: string): Promise<void> {
		await parameter(name).locator('input').click();
		await headline.first().waitFor();
	}

	/** Opens what the panel found and unfolds its actions. */
	async function openInPanel(name: string): Promise<void> {
		await part('node-creator-item-name').getByText(name, { exact: true }).click();
		await part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	}

	return {
		page,
		part,
		node,
		parameter,
		openInPanel,

		goTo: async (path: string): Promise<void> => {
			await page.goto(url + path);
		},

		openWorkflow: async (id: string): Promise<void> => {
			await page.goto(`${url}/workflow/${id}`);
			await part('canvas-node').first().waitFor();
		},

		openNode: async (name: string): Promise<void> => {
			await node(name).dblclick();
			await part('ndv').waitFor();
		},

		closeNode: async (): Promise<void> => {
			await part('ndv-close-button').or(part('back-to-canvas')).click();
			await part('ndv').waitFor({ state: 'hidden' });
		},

		tooltip: part('tooltip-content').or(page.locator('.el-popper').filter({ visible: true })),

		/** Where the open form asks for a credential that it has not got. */
		missingCredential: part('node-credentials-empty-state').or(part('node-credentials-select')),

		/** Starts a new workflow and looks for a node to begin it with. */
		searchInNewWorkflow: async (text: string): Promise<void> => {
			await page.goto(`${url}/workflow/new`);
			await part('canvas-plus-button').click();
			await part('node-creator-search-bar').pressSequentially(text);
		},

		/** The actions or triggers that the node panel shows of one node type. */
		offered: (nodeType: string) =>
			page.locator(`[data-keyboard-nav-type="action"][data-keyboard-nav-id^="${nodeType}-"]`),

		/** The names of the fields that the open form shows, from top to bottom. */
		fieldNames: async (): Promise<string[]> => {
			// n8n 1 has labels for the two ways to fill a field as well, and says more of a credential.
			const labels = part('parameter-item').locator('label:not([role="radio"])');
			const visible = labels.filter({ visible: true });
			await visible.first().waitFor();
			const texts = (await settled(visible)).map((text) => text.split('\n')[0].trim());
			return texts.map((text) => text.replace('Credential to connect with', 'Credential'));
		},

		/** All at once, as a person pastes: n8n takes in the last of many keystrokes with a delay. */
		fill: async (name: string, text: string): Promise<void> => {
			await parameter(name).locator('input, textarea').fill(text);
		},

		choose: async (name: string, choice: string | RegExp): Promise<void> => {
			await dropDown(name);
			await headline.getByText(choice, { exact: true }).click();
			await option.first().waitFor({ state: 'hidden' });
		},

		choices: async (name: string, look = async () => {}): Promise<string[]> => {
			await dropDown(name);
			const choices = await headline.allInnerTexts();
			await look();
			await page.keyboard.press('Escape');
			await option.first().waitFor({ state: 'hidden' });
			return choices;
		},

		/** Where the pictures come from, each address once, when the browser has decoded them all. */
		pictures: async (within: Locator): Promise<string[]> => {
			await within.locator('img').first().waitFor();
			const addresses = await within.locator('img').evaluateAll(
				async (images) =>
					await Promise.all(
						(images as HTMLImageElement[]).map(async (image) => {
							await image.decode();
							return image.naturalWidth > 0 ? image.src : `nothing to see at ${image.src}`;
						}),
					),
			);
			return [...new Set(addresses)];
		},

		/** Presses what makes the open workflow live; what becomes of it the editor says later. */
		publish: async (): Promise<void> => {
			if (release.publishesInBackground) {
				await part('workflow-open-publish-modal-button').click();
				await part('workflow-publish-button').click();
			} else {
				await part('workflow-activate-switch').click();
			}
		},

		/** The output panel's first item as its table shows it: every value is text. */
		outputItem: async (): Promise<Record<string, string>> => {
			const output = part('output-panel');
			await part('radio-button-table', output).check();
			await output.locator('td').first().waitFor();
			// In one go: n8n draws the table anew when the node runs again.
			return await output.evaluate((panel) => {
				const texts = (selector: string) =>
					Array.from(panel.querySelectorAll<HTMLElement>(selector), (cell) =>
						cell.innerText.trim(),
					);
				const values = texts('tbody tr:first-child td');
				return Object.fromEntries(texts('th').map((name, index) => [name, values[index] ?? '']));
			});
		},
	};
}

/** What is in them once it stays the same: the editor draws a form part by part. */
async function settled(parts: Locator): Promise<string[]> {
	for (let last = ''; ; ) {
		const texts = await parts.allInnerTexts();
		if (JSON.stringify(texts) === last) return texts;
		last = JSON.stringify(texts);
		await sleep(300);
	}
}
