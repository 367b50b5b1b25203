import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { ICredentialsHelper } from 'n8n-workflow';
import { TwilioSmsApi } from '../../../credentials/TwilioSmsApi.credentials';

/** Hands out one credential, with the defaults of its type, and signs requests as n8n does. */
export class EngineCredentials extends ICredentialsHelper {
	private readonly type = new TwilioSmsApi();

	/** @param data none when the credential was deleted */
	constructor(private readonly data: ICredentialDataDecryptedObject | undefined) {
		super();
	}

	override async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		if (!this.data) throw new Error('Credential with ID "1" does not exist');
		const defaults = this.type.properties.map(({ name, default: value }) => [name, value]);
		return { ...Object.fromEntries(defaults), ...this.data };
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await this.type.authenticate(credentials, requestOptions);
	}

	override getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async preAuthentication(): Promise<undefined> {}

	override async runPreAuthentication(): Promise<undefined> {}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('The engine keeps no encrypted credentials');
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}
}
