// Amazon's way of saying no.
import { type Json, toJson } from './json.ts';

/** An answer other than 200, thrown from anywhere below the router. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string;

  constructor(status: number, code: string, message: string, details = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** `{"errors":[{code,message,details}]}`: the one shape of every vendor operation. */
  body(): string {
    const error: Json = { code: this.code, message: this.message, details: this.details };
    return toJson({ errors: [error] });
  }
}

export const invalidInput = (details: string): ApiError =>
  new ApiError(400, 'InvalidInput', 'Request is missing or has invalid parameters.', details);

export const unauthorized = (details: string): ApiError =>
  new ApiError(403, 'Unauthorized', 'Access to requested resource is denied.', details);

export const notFound = (details: string): ApiError =>
  new ApiError(404, 'NotFound', 'The requested resource was not found.', details);

export const quotaExceeded = (): ApiError =>
  new ApiError(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');

export const internalFailure = (): ApiError =>
  new ApiError(500, 'InternalFailure', 'We encountered an internal error. Please try again.');

export const unavailable = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'Service is temporarily unavailable. Please try again.');
