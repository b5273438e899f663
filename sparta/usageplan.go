package sparta

// UsagePlan limits the requests of clients that have one of its API keys.
type UsagePlan struct {
	Name                 string    `json:"name"`
	Description          string    `json:"description,omitempty"`
	ThrottlingRateLimit  float64   `json:"throttlingRateLimit,omitempty"`  // requests a second; 0 means the stage's
	ThrottlingBurstLimit int64     `json:"throttlingBurstLimit,omitempty"` // requests at once; 0 means the stage's
	Quota                *Quota    `json:"quota,omitempty"`                // nil means none
	APIKeys              []*APIKey `json:"apiKeys,omitempty"`
}

// Quota limits how many requests a client may make in a period.
type Quota struct {
	Limit  int64  `json:"limit"`
	Period string `json:"period"`           // DAY, WEEK or MONTH
	Offset int64  `json:"offset,omitempty"` // how many requests fewer the first period allows
}

// APIKey identifies a client. API Gateway chooses its value.
type APIKey struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Disabled    bool   `json:"disabled,omitempty"`
}
