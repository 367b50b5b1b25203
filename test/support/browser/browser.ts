import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Instance } from '../n8n/instance';
import { releaseName } from '../n8n/releases';

const USUAL_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const VIEWPORT = { width: 1440, height: 900 };

function browserPath(): string {
	const { CHROMIUM_PATH } = process.env;
	const candidates = CHROMIUM_PATH ? [CHROMIUM_PATH] : USUAL_PATHS;
	const path = candidates.find((candidate) => existsSync(candidate));
	if (path) return path;
	throw new Error(
		`No browser at ${candidates.join(', ')}. Install Chromium (Debian: apt-get install chromium) ` +
			'or Chrome, or set CHROMIUM_PATH to one.',
	);
}

/** A browser with a profile of its own, which is removed when it closes. */
export async function openBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: browserPath(), args: FLAGS });
}

/** A page of n8n's editor, signed in as the owner. */
export async function openEditor(
	browser: Browser,
	instance: Pick<Instance, 'url' | 'owner'>,
): Promise<Page> {
	const page = await browser.newPage({ viewport: VIEWPORT });
	await signIn(page, instance);
	return page;
}

export async function signIn(
	page: Page,
	{ url, owner }: Pick<Instance, 'url' | 'owner'>,
): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[name="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

/** Saves outside the repository and returns the file's path. */
export async function screenshot(page: Page, name: string): Promise<string> {
	const folder = process.env.SCREENSHOT_DIR ?? join(tmpdir(), 'n8n-nodes-twilio-sms-screenshots');
	const path = join(folder, releaseName, `${name}.png`);
	await page.screenshot({ path });
	return path;
}
