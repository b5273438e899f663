package provision

import "context"

// upload brings a package to the store unless it is there already, which its
// key tells: the service's name and the content's SHA-256.
func (s *store) upload(ctx context.Context, service string, pkg Package) (location codeLocation, uploaded bool, err error) {
	panic("coming")
}

// uploadTemplate brings a template to the store and tells the URL that
// CloudFormation reads it from.
func (s *store) uploadTemplate(ctx context.Context, service string, template []byte) (url string, err error) {
	panic("coming")
}

// packageLocation is where upload puts a package.
func packageLocation(bucket, service string, pkg Package) codeLocation {
	return codeLocation{Bucket: bucket, Key: service + "/" + pkg.SHA256 + ".zip"}
}
