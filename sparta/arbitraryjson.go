package sparta

// ArbitraryJSONObject is an object of JSON, for example a part of a template or of a policy.
type ArbitraryJSONObject map[string]any
