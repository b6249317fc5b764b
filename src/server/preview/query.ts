/** Everything that a preview answers: what `acorn preview --json` prints, member for member. */
export const previewQuery = `
  query Preview($input: InvoicePreviewInput!) {
    invoicePreview(input: $input) {
      site
      ready
      taxPoint
      taxPointFrom
      lines { description amount { ...money } taxClass taxes { rule category rate } }
      rule
      taxes {
        rule name category jurisdiction rate
        base { ...money }
        tax { ...money }
        exemption { code text reference }
        inStateCurrency { base { ...money } tax { ...money } source }
      }
      net { ...money }
      tax { ...money }
      total { ...money }
      trace { data document facts { name value } notes { code text } required { term value } }
      due {
        unadjusted
        adjusted
        termsFrom
        discount { percent deadline unadjusted amount { ...money } }
        instalments { percent unadjusted adjusted amount { ...money } }
        legal { verdict rule latest daysOver reason missing }
        calendar
        explanation
      }
      required { field scheme isThere missing because source }
      missing
      warnings { ...problem }
      blocking { ...problem }
    }
  }
  fragment money on Money { amount currency }
  fragment problem on PreviewProblem { code problem message about }
`;

interface Money {
  readonly amount: string;
  readonly currency: string;
}

interface Problem {
  readonly code: string;
  readonly problem: string | null;
  readonly message: string;
  readonly about: readonly string[];
}

/** The answer to `previewQuery`. */
export interface PreviewAnswer {
  readonly site: string;
  readonly ready: boolean;
  readonly taxPoint: string | null;
  readonly taxPointFrom: 'SUPPLY' | 'INVOICE_DATE' | null;
  readonly lines: readonly {
    readonly description: string | null;
    readonly amount: Money;
    readonly taxClass: string;
    readonly taxes: readonly { readonly rule: string; readonly category: string; readonly rate: string }[] | null;
  }[];
  readonly rule: string | null;
  readonly taxes:
    | readonly {
        readonly rule: string;
        readonly name: string | null;
        readonly category: string | null;
        readonly jurisdiction: string | null;
        readonly rate: string;
        readonly base: Money;
        readonly tax: Money;
        readonly exemption: {
          readonly code: string;
          readonly text: string;
          readonly reference: string | null;
        } | null;
        readonly inStateCurrency: { readonly base: Money; readonly tax: Money; readonly source: string } | null;
      }[]
    | null;
  readonly net: Money | null;
  readonly tax: Money | null;
  readonly total: Money | null;
  readonly trace: {
    readonly data: string | null;
    readonly document: string | null;
    readonly facts: readonly { readonly name: string; readonly value: string | null }[] | null;
    readonly notes: readonly { readonly code: string; readonly text: string }[];
    readonly required: readonly { readonly term: string; readonly value: string }[];
  } | null;
  readonly due: {
    readonly unadjusted: string;
    readonly adjusted: string;
    readonly termsFrom: string;
    readonly discount: {
      readonly percent: string;
      readonly deadline: string;
      readonly unadjusted: string;
      readonly amount: Money | null;
    } | null;
    readonly instalments: readonly {
      readonly percent: string;
      readonly unadjusted: string;
      readonly adjusted: string;
      readonly amount: Money | null;
    }[];
    readonly legal: {
      readonly verdict: string;
      readonly rule: string | null;
      readonly latest: string | null;
      readonly daysOver: number | null;
      readonly reason: string | null;
      readonly missing: string | null;
    };
    readonly calendar: string;
    readonly explanation: readonly string[];
  } | null;
  readonly required: readonly {
    readonly field: string;
    readonly scheme: string | null;
    readonly isThere: boolean;
    readonly missing: readonly string[];
    readonly because: string;
    readonly source: string;
  }[];
  readonly missing: readonly string[];
  readonly warnings: readonly Problem[];
  readonly blocking: readonly Problem[];
}
