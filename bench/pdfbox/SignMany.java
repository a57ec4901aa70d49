// The yardstick of `sign.one_vs_pdfbox`: PDFBox signs the same page, with a drawn sign, through Java's own PKCS#11.
// java SignMany LIBRARY PIN FONT FILE: each line on stdin is a count; the answer is the CPU time of so many, in nanoseconds.

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Calendar;
import java.util.Collections;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

public final class SignMany {
    private static final int RESERVED = 24576;
    private static final String FIELD = "CanBo";
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Provider token;
    private final byte[] font;
    private final byte[] pdf;

    private SignMany(String library, String pin, String font, String file) throws Exception {
        token = Security.getProvider("SunPKCS11").configure("--name=bench\nlibrary=" + library + "\nslotListIndex=0\n");
        Security.addProvider(token);
        KeyStore store = KeyStore.getInstance("PKCS11", token);
        store.load(null, pin.toCharArray());
        String alias = store.aliases().nextElement();
        key = (PrivateKey) store.getKey(alias, null);
        certificate = (X509Certificate) store.getCertificate(alias);
        this.font = Files.readAllBytes(Path.of(font));
        pdf = Files.readAllBytes(Path.of(file));
    }

    public static void main(String[] words) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();  // it tells of each font it finds
        SignMany many = new SignMany(words[0], words[1], words[2], words[3]);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            long began = system.getProcessCpuTime();
            for (int count = Integer.parseInt(line); count > 0; count--) {
                many.sign();
            }
            System.out.println(system.getProcessCpuTime() - began);
        }
    }

    private byte[] sign() throws Exception {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        try (PDDocument document = PDDocument.load(pdf); SignatureOptions options = new SignatureOptions()) {
            PDSignatureField field = (PDSignatureField) document.getDocumentCatalog().getAcroForm().getField(FIELD);
            PDSignature signature = new PDSignature();
            field.getCOSObject().setItem(org.apache.pdfbox.cos.COSName.V, signature);
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setSignDate(Calendar.getInstance());
            options.setPreferredSignatureSize(RESERVED);
            options.setVisualSignature(look(field.getWidgets().get(0).getRectangle()));
            options.setPage(0);
            document.addSignature(signature, this::cms, options);
            document.saveIncremental(signed);
        }
        return signed.toByteArray();
    }

    private byte[] cms(InputStream content) throws IOException {
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").setProvider(token).build(key);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(signer, certificate));
            generator.addCertificates(new JcaCertStore(Collections.singletonList(certificate)));
            return generator.generate(new CMSProcessableByteArray(content.readAllBytes()), false).getEncoded();
        } catch (Exception refused) {
            throw new IOException(refused);
        }
    }

    private InputStream look(PDRectangle place) throws IOException {
        try (PDDocument template = new PDDocument()) {
            template.addPage(new PDPage(PDRectangle.A4));
            PDAcroForm form = new PDAcroForm(template);
            template.getDocumentCatalog().setAcroForm(form);
            PDSignatureField field = new PDSignatureField(form);
            form.getFields().add(field);
            PDAnnotationWidget widget = field.getWidgets().get(0);
            widget.setRectangle(place);
            PDFormXObject drawn = new PDFormXObject(new PDStream(template));
            drawn.setResources(new PDResources());
            drawn.setFormType(1);
            drawn.setBBox(new PDRectangle(place.getWidth(), place.getHeight()));
            PDAppearanceStream stream = new PDAppearanceStream(drawn.getCOSObject());
            PDAppearanceDictionary appearance = new PDAppearanceDictionary();
            appearance.setNormalAppearance(stream);
            widget.setAppearance(appearance);
            write(template, stream);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            template.save(saved);
            return new ByteArrayInputStream(saved.toByteArray());
        }
    }

    private void write(PDDocument template, PDAppearanceStream stream) throws IOException {
        PDFont upright = PDType0Font.load(template, new ByteArrayInputStream(font));
        try (PDPageContentStream canvas = new PDPageContentStream(template, stream)) {
            canvas.beginText();
            canvas.setFont(upright, 10);
            canvas.setLeading(12);
            canvas.newLineAtOffset(10, 50);
            for (String line : new String[] {"Ký số bởi:", certificate.getSubjectX500Principal().getName(),
                "Thời gian ký: " + Calendar.getInstance().toInstant()}) {
                canvas.showText(line);
                canvas.newLine();
            }
            canvas.endText();
        }
    }
}
