package original

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
)

// siteType is the custom resource with which Sparta's own function copies the archive of a site to its bucket.
const siteType = "Custom::goAWS::ZipToS3Bucket"

// keepSiteBuilder gives the custom resource of a site the logical ID that it has in the stack, or one that does not
// change. Sparta renders another one each time, so that CloudFormation would delete the old one, and its function would
// then empty the bucket.
func keepSiteBuilder(template *cloudformation.Template, target Target) {
	rename(template, siteType, func(string) string {
		for _, id := range slices.Sorted(maps.Keys(target.Live)) {
			if target.Live[id] == siteType {
				return id
			}
		}
		return stable("S3SiteBuilder", target.Service)
	})
}

// rename gives the only resource of a type another logical ID.
func rename(template *cloudformation.Template, resourceType string, name func(old string) string) {
	var found []string
	for id, resource := range template.Resources {
		if resource.Type == resourceType {
			found = append(found, id)
		}
	}
	if len(found) != 1 {
		return
	}
	id, resource := name(found[0]), template.Resources[found[0]]
	delete(template.Resources, found[0])
	template.Resources[id] = resource
}

// stable returns a logical ID that depends on nothing but its parts.
func stable(prefix string, parts ...string) string {
	sum := sha1.Sum(fmt.Append(nil, prefix, parts))
	return prefix + hex.EncodeToString(sum[:])
}

// openSiteBuckets lets buckets be public whose policy and access control list say so. AWS has refused both for new
// buckets since April 2023, unless these properties are set.
func openSiteBuckets(template *cloudformation.Template) (notes []string) {
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		if resource.Type != "AWS::S3::Bucket" || resource.Properties["AccessControl"] != "PublicRead" {
			continue
		}
		if resource.Properties["OwnershipControls"] == nil {
			resource.Properties["OwnershipControls"] = map[string]any{
				"Rules": []any{map[string]any{"ObjectOwnership": "ObjectWriter"}},
			}
		}
		if resource.Properties["PublicAccessBlockConfiguration"] == nil {
			resource.Properties["PublicAccessBlockConfiguration"] = map[string]any{
				"BlockPublicAcls": false, "BlockPublicPolicy": false,
				"IgnorePublicAcls": false, "RestrictPublicBuckets": false,
			}
		}
		notes = append(notes, fmt.Sprintf("bucket %s is public, as Sparta makes it: it states that now, because AWS "+
			"would otherwise refuse its policy", id))
	}
	return notes
}
