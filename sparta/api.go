package sparta

// API is a REST API in front of the service's functions.
type API struct{}
