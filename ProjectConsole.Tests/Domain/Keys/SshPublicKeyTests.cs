using ProjectConsole.Domain.Keys;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Domain.Keys;

/// <summary>Keys and fingerprints as <c>ssh-keygen</c> wrote them.</summary>
public sealed class SshPublicKeyTests
{
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKGJMvFxNm4EtM8iq8iWTz2HyOfgxyvV8aAlsP79MBYL owner@acme.test laptop";
    private const string Rsa1024 = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDQQv57yTyxnEBrJYqWPhYdzIrO8KkIZrDUpGeQCqPDdDVGPVwtduznH4MB76v63ePcjpDe6G9E1p0AeJpMYcPft7fmC33XzNA3jRVegOCMXTzP9okmbIJPo6VulPwo4kj3OKX8yD1YF09LWN0P1e9D1KuyVphMy+ix1BqdLOOg6Q== owner@acme.test laptop";

    [Theory]
    [InlineData(Ed25519, "SHA256:KI2Ckld2QEANCavaGq2Q8AxIQLZzobespYSOFqKnLAQ")]
    [InlineData("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBN3jc9UcXm6OZWvCxrm4l3VE+dQBZP2TjGiEoBr9yXHButUCfioc+ILU7Jc+aw9Xley7THZj8l5XTTi+EU8kK9I= owner@acme.test laptop", "SHA256:khNZ3gt5N3zxQe6x6d/nSggYlWYEAQZmlW+v9OUUQ0E")]
    [InlineData("ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAHqcvTadNbwQChtYA4e4/mtpZG82YwI7MuricDS36UGmitWjVtiAO/1iqMNP4bQX5Qyre9koEkCnvpBBH5dnKp07gFI0pv54LwbkYju0tlptwuVUpheAaQCUP/ODZW6SB3yDs1Xw05BxTBe7PGAJlZfidjqCc07CMWxwZqpabxvqy/Ubg== owner@acme.test laptop", "SHA256:yn/0rig6f6CNBulGEOnEGXaObZkH84WMag9C2C8njCY")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCywckSsKVrV1wpWh8UNomSAtpRN3f4tNe+1ZyE7FB7Q2MNlRVshnTN+ZcOn+QTfuSVPVWbD8pEh9FGE0I6YMYFdhyNAByRLJfenZO6bMlW6COtimN0/jjgERc1yZKLC9JI/lpQJomsFInLb9noLXweGQ+Ruo3WXiFuPQcXbPGQaJmZaQawCOkMAC1XolOjK7hro7oFwglCGnNFV2vKncKh5Eg6pq/jO6PslvhR76bBghpkjKcwEHVN54ySrNDgHDqiuI3AOLbWzCmwtJ98IN4GFYQd810U214J2TAzZ5egexbsgT4becloP5f0109PQ7QNBM+nUGD8RxMEppfKJNV5 owner@acme.test laptop", "SHA256:EmhFtESs+TL32ZUegFWZV1L19KPgmWUzHlHD6rTfELQ")]
    public void Parse_WhatSshKeygenWrote_HasItsFingerprint(string pasted, string fingerprint)
    {
        var key = SshPublicKey.Parse(pasted, "Key").Value;

        Assert.Equal(fingerprint, key.Fingerprint);
        Assert.Equal(pasted[..pasted.LastIndexOf(" owner", StringComparison.Ordinal)], key.Text);
        Assert.Equal("owner@acme.test laptop", key.Comment);
    }

    [Theory]
    [InlineData("", "one public key")]
    [InlineData(null, "one public key")]
    [InlineData(Ed25519 + "\n" + Ed25519, "one public key")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", "private key")]
    [InlineData("command=\"/bin/sh\" " + Ed25519, "Options in front")]
    [InlineData("ssh-dss AAAAB3NzaC1kc3MAAACBAA==", "begins with its type")]
    [InlineData("ssh-ed25519 not-base64!", "cut off")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKGJMvFxNm4EtM8iq8iWTz2HyOfg", "cut off")]
    [InlineData("ssh-ed25519 AAAA", "cut off")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIKGJMvFxNm4EtM8iq8iWTz2HyOfgxyvV8aAlsP79MBYL", "cut off")]
    [InlineData(Rsa1024, "at least 2,048 bits")]
    public void Parse_WhatIsNoGoodKey_SaysWhatIsWrong(string? pasted, string sentence) =>
        Assert.Contains(sentence, Assert.IsType<Invalid>(SshPublicKey.Parse(pasted, "Key").Error).For("Key"), StringComparison.Ordinal);
}
