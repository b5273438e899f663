package packages

import "context"

// Zip is a file to upload.
type Zip struct {
	Path   string // empty means none
	SHA256 string // in hex
}

// uploader is the part of a Store that Upload needs.
type uploader interface {
	Upload(ctx context.Context, service, zip, sha256Hex string) (uploaded bool, err error)
}

// Upload uploads those zips that the store does not have. It reports whether there was one.
func Upload(ctx context.Context, store uploader, service string, zips []Zip) (uploaded bool, err error) {
	for _, zip := range zips {
		if zip.Path == "" {
			continue
		}
		was, err := store.Upload(ctx, service, zip.Path, zip.SHA256)
		if err != nil {
			return uploaded, err
		}
		uploaded = uploaded || was
	}
	return uploaded, nil
}

// LayerKey returns the key of a layer in the bucket of a service's package, or "" without one.
func LayerKey(service, sha256Hex string) string {
	if sha256Hex == "" {
		return ""
	}
	return PackageLocation("", service, sha256Hex).Key
}
