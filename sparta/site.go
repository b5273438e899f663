package sparta

// S3Site is a static website that is deployed together with the service.
type S3Site struct{}
