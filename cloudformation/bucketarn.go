package cloudformation

// S3ArnForBucket returns the ARN of a bucket, which is a name or an intrinsic that results in one, such as
// Ref("Uploads").
func S3ArnForBucket(bucket any) any { return bucketARN(bucket, "") }

// S3AllKeysArnForBucket returns the ARN of all objects in a bucket, which is a name or an intrinsic that results in
// one.
func S3AllKeysArnForBucket(bucket any) any { return bucketARN(bucket, "/*") }

func bucketARN(bucket any, keys string) any {
	return SubWith{
		Text:   "arn:${AWS::Partition}:s3:::${Bucket}" + keys,
		Values: map[string]any{"Bucket": bucket},
	}
}
