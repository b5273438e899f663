// Package discovery is what deployments and functions agree on for sparta.Discover.
package discovery

import "strings"

// Variable is the environment variable with what a function knows about its stack: JSON, in base64.
const Variable = "SPARTA_DISCOVERY_INFO"

// File is the file of the package with the same for functions at edge locations, which have no environment.
const File = "sparta-discovery.json"

// EdgeRegion is the only region whose functions CloudFront can run at edge locations.
const EdgeRegion = "us-east-1"

// Names splits a function's name in AWS into the stack's name and the function's, which has no hyphens. At an edge
// location, the name begins with the region home, which is empty elsewhere. If the name has no hyphen, stack and
// function are unknown and empty.
func Names(inAWS string) (home, stack, function string) {
	if name, atEdge := strings.CutPrefix(inAWS, EdgeRegion+"."); atEdge {
		home, inAWS = EdgeRegion, name
	}
	hyphen := strings.LastIndexByte(inAWS, '-')
	if hyphen <= 0 {
		return home, "", ""
	}
	return home, inAWS[:hyphen], inAWS[hyphen+1:]
}
