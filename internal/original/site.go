package original

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// builder is how the logical ID begins of the custom resource with which Sparta's own function copies the archive of a
// site to its bucket.
const builder = "S3SiteBuilder"

// customType is the type of that resource.
const customType = "AWS::CloudFormation::CustomResource"

func isSiteBuilder(id string, resource *cloudformation.Resource) bool {
	return strings.HasPrefix(id, builder) && resource.Type == customType && resource.Properties["SrcKeyName"] != nil
}

// keepSiteBuilder gives the custom resource of a site the logical ID that it has in the stack, or one that does not
// change. Sparta renders another one each time, so that CloudFormation would delete the old one, and its function would
// then empty the bucket.
func keepSiteBuilder(template *cloudformation.Template, target Target) {
	rename(template, isSiteBuilder, func(string) string {
		for _, id := range slices.Sorted(maps.Keys(target.Live)) {
			if strings.HasPrefix(id, builder) && target.Live[id] == customType {
				return id
			}
		}
		return stable(builder, target.Service)
	})
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
