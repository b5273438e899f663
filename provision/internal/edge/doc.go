// Package edge lets distributions of CloudFront run functions at their edge locations.
package edge
