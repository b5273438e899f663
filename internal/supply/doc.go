// Package supply says what a package for Lambda consists of and how it was made, for those who have to answer for it:
// a bill of materials (SBOM), the notices of third parties, and the provenance. It also asks govulncheck about known
// vulnerabilities.
//
// The documents follow from the library and its sources alone. They have no times, no random numbers and no paths of
// this machine, so packages that contain them are reproducible.
package supply
