package packages

import "errors"

// IdentifyLayer returns the SHA-256 of a layer's zip, or "" without one. Templates for pipelines, which store
// the package wherever they like, have no layer.
func IdentifyLayer(zip string, pipeline bool) (string, error) {
	switch {
	case zip == "":
		return "", nil
	case pipeline:
		return "", errors.New("a pipeline deploys no layer: clear SPARTA_REQUIREMENTS_LAYER, so that the Python " +
			"packages are in the zip")
	}
	return SHA256(zip)
}
