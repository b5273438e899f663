package edge

import "fmt"

// maxPackage is the limit of "Quotas on Lambda@Edge" in the Amazon CloudFront Developer Guide (November 2026) for all
// types of events, in bytes.
const maxPackage = 50 << 20

// CheckPackage returns an error if a zip of this size, in bytes, is too large for edge locations.
func CheckPackage(size int64) error {
	if size <= maxPackage {
		return nil
	}
	return fmt.Errorf("Lambda@Edge allows packages of up to %d MB, and this one has %.1f MB zipped: leave out what "+
		"SPARTA_INCLUDE adds, or make the function a service of its own", maxPackage>>20, float64(size)/(1<<20))
}
