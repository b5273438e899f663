package sparta

// Stage is a deployed API. Its name is the first part of the path in its URL, unless that is DefaultStage.
type Stage struct {
	Name                string         `json:"name"`
	Description         string         `json:"description,omitempty"`
	Variables           map[string]any `json:"variables,omitempty"`
	CacheClusterEnabled bool           `json:"cacheClusterEnabled,omitempty"`
	CacheClusterSize    string         `json:"cacheClusterSize,omitempty"` // GB, 0.5 to 237; empty means 0.5
	TracingEnabled      bool           `json:"tracingEnabled,omitempty"`   // by X-Ray
	// ThrottlingRateLimit is in requests per second, and ThrottlingBurstLimit in requests at once, for each method. 0
	// means the account's limit.
	ThrottlingRateLimit  float64          `json:"throttlingRateLimit,omitempty"`
	ThrottlingBurstLimit int64            `json:"throttlingBurstLimit,omitempty"`
	MethodSettings       []*MethodSetting `json:"methodSettings,omitempty"`
	AccessLog            *AccessLog       `json:"accessLog,omitempty"` // nil means none
	// DetailedMetricsEnabled counts the requests of each route of an HTTP or WebSocket API.
	DetailedMetricsEnabled bool `json:"detailedMetricsEnabled,omitempty"`
}

// MethodSetting has settings of a stage for one method or all.
type MethodSetting struct {
	ResourcePath         string  `json:"resourcePath,omitempty"` // for example /orders/{id}; empty means all paths
	HTTPMethod           string  `json:"httpMethod,omitempty"`   // empty means all methods
	ThrottlingRateLimit  float64 `json:"throttlingRateLimit,omitempty"`
	ThrottlingBurstLimit int64   `json:"throttlingBurstLimit,omitempty"`
	CachingEnabled       bool    `json:"cachingEnabled,omitempty"`
	CacheTTLInSeconds    int64   `json:"cacheTtlInSeconds,omitempty"` // 0 means 300
	CacheDataEncrypted   bool    `json:"cacheDataEncrypted,omitempty"`
	LoggingLevel         string  `json:"loggingLevel,omitempty"`     // OFF (the default), ERROR or INFO
	DataTraceEnabled     bool    `json:"dataTraceEnabled,omitempty"` // logs requests and responses in full
	MetricsEnabled       bool    `json:"metricsEnabled,omitempty"`
}

// AccessLog has a line for each request. For a REST API, the account must have a role that lets API Gateway write logs.
type AccessLog struct {
	// DestinationArn is a log group or a Firehose stream. Nil means a log group of the stack.
	DestinationArn any    `json:"destinationArn,omitempty"`
	Format         string `json:"format,omitempty"`       // one line with $context variables; empty means JSON
	LogRetention   int64  `json:"logRetention,omitempty"` // days, of the stack's group; 0 means DefaultLogRetention
}

// NewStage returns a stage with a name. An API that has a stage is deployed.
func NewStage(name string) *Stage {
	return &Stage{Name: name, Variables: map[string]any{}}
}
