package sparta

// S3Site is a static website that is deployed together with the service.
//
// It is not supported yet: cgo.Main and cgo.MainEx refuse one that is not nil,
// because they would leave it out of the stack.
type S3Site struct{}
