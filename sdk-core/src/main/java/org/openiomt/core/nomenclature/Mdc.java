package org.openiomt.core.nomenclature;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.Code;

/**
 * The terms of ISO/IEEE 11073-10101 that the profiles of this library use: the one table of them. Each constant bears the
 * standard's reference id. A term that is not here is still a valid {@link Code}; it only has no name.
 *
 * <p>A selection of single facts, not the standard's table. Terms with one source only are unverified, see
 * {@code docs/nomenclature.md}.
 */
public final class Mdc {
    private static final Map<Code, Term> TERMS = new LinkedHashMap<>();
    private static final Map<String, Code> CODES = new HashMap<>();

    /** What the table knows of a term; a term without a short name of its own is called by its reference id. */
    private record Term(String referenceId, Optional<String> displayName) {}

    // Partition 1: objects, attributes, actions and notifications.

    /** 1:5. */
    public static final Code MDC_MOC_VMO_METRIC_ENUM = term(1, 5, "MDC_MOC_VMO_METRIC_ENUM");

    /** 1:6. */
    public static final Code MDC_MOC_VMO_METRIC_NU = term(1, 6, "MDC_MOC_VMO_METRIC_NU");

    /** 1:9. */
    public static final Code MDC_MOC_VMO_METRIC_SA_RT = term(1, 9, "MDC_MOC_VMO_METRIC_SA_RT");

    /** 1:18. */
    public static final Code MDC_MOC_SCAN_CFG_EPI = term(1, 18, "MDC_MOC_SCAN_CFG_EPI");

    /** 1:19. */
    public static final Code MDC_MOC_SCAN_CFG_PERI = term(1, 19, "MDC_MOC_SCAN_CFG_PERI");

    /** 1:37. */
    public static final Code MDC_MOC_VMS_MDS_SIMP = term(1, 37, "MDC_MOC_VMS_MDS_SIMP");

    /** 1:61. */
    public static final Code MDC_MOC_VMO_PMSTORE = term(1, 61, "MDC_MOC_VMO_PMSTORE");

    /** 1:62. */
    public static final Code MDC_MOC_PM_SEGMENT = term(1, 62, "MDC_MOC_PM_SEGMENT");

    /** 1:2310. */
    public static final Code MDC_ATTR_AL_OP_STAT = term(1, 2310, "MDC_ATTR_AL_OP_STAT");

    /** 1:2323. */
    public static final Code MDC_ATTR_CONFIRM_MODE = term(1, 2323, "MDC_ATTR_CONFIRM_MODE");

    /** 1:2324. */
    public static final Code MDC_ATTR_CONFIRM_TIMEOUT = term(1, 2324, "MDC_ATTR_CONFIRM_TIMEOUT");

    /** 1:2337. */
    public static final Code MDC_ATTR_ID_HANDLE = term(1, 2337, "MDC_ATTR_ID_HANDLE");

    /** 1:2338. */
    public static final Code MDC_ATTR_ID_INSTNO = term(1, 2338, "MDC_ATTR_ID_INSTNO");

    /** 1:2343. */
    public static final Code MDC_ATTR_ID_LABEL_STRING = term(1, 2343, "MDC_ATTR_ID_LABEL_STRING");

    /** 1:2344. */
    public static final Code MDC_ATTR_ID_MODEL = term(1, 2344, "MDC_ATTR_ID_MODEL");

    /** 1:2347. */
    public static final Code MDC_ATTR_ID_PHYSIO = term(1, 2347, "MDC_ATTR_ID_PHYSIO");

    /** 1:2349. */
    public static final Code MDC_ATTR_ID_PROD_SPECN = term(1, 2349, "MDC_ATTR_ID_PROD_SPECN");

    /** 1:2351. */
    public static final Code MDC_ATTR_ID_TYPE = term(1, 2351, "MDC_ATTR_ID_TYPE");

    /** 1:2356. */
    public static final Code MDC_ATTR_LIMIT_CURR = term(1, 2356, "MDC_ATTR_LIMIT_CURR");

    /** 1:2369. */
    public static final Code MDC_ATTR_METRIC_STORE_CAPAC_CNT = term(1, 2369, "MDC_ATTR_METRIC_STORE_CAPAC_CNT");

    /** 1:2371. */
    public static final Code MDC_ATTR_METRIC_STORE_SAMPLE_ALG = term(1, 2371, "MDC_ATTR_METRIC_STORE_SAMPLE_ALG");

    /** 1:2372. */
    public static final Code MDC_ATTR_METRIC_STORE_USAGE_CNT = term(1, 2372, "MDC_ATTR_METRIC_STORE_USAGE_CNT");

    /** 1:2375. */
    public static final Code MDC_ATTR_MSMT_STAT = term(1, 2375, "MDC_ATTR_MSMT_STAT");

    /** 1:2378. */
    public static final Code MDC_ATTR_NU_ACCUR_MSMT = term(1, 2378, "MDC_ATTR_NU_ACCUR_MSMT");

    /** 1:2379. */
    public static final Code MDC_ATTR_NU_CMPD_VAL_OBS = term(1, 2379, "MDC_ATTR_NU_CMPD_VAL_OBS");

    /** 1:2384. */
    public static final Code MDC_ATTR_NU_VAL_OBS = term(1, 2384, "MDC_ATTR_NU_VAL_OBS");

    /** 1:2385. */
    public static final Code MDC_ATTR_NUM_SEG = term(1, 2385, "MDC_ATTR_NUM_SEG");

    /** 1:2387. */
    public static final Code MDC_ATTR_OP_STAT = term(1, 2387, "MDC_ATTR_OP_STAT");

    /** 1:2389. */
    public static final Code MDC_ATTR_POWER_STAT = term(1, 2389, "MDC_ATTR_POWER_STAT");

    /** 1:2413. */
    public static final Code MDC_ATTR_SA_SPECN = term(1, 2413, "MDC_ATTR_SA_SPECN");

    /** 1:2415. */
    public static final Code MDC_ATTR_SCALE_SPECN_I16 = term(1, 2415, "MDC_ATTR_SCALE_SPECN_I16");

    /** 1:2416. */
    public static final Code MDC_ATTR_SCALE_SPECN_I32 = term(1, 2416, "MDC_ATTR_SCALE_SPECN_I32");

    /** 1:2417. */
    public static final Code MDC_ATTR_SCALE_SPECN_I8 = term(1, 2417, "MDC_ATTR_SCALE_SPECN_I8");

    /** 1:2421. */
    public static final Code MDC_ATTR_SCAN_REP_PD = term(1, 2421, "MDC_ATTR_SCAN_REP_PD");

    /** 1:2427. */
    public static final Code MDC_ATTR_SEG_USAGE_CNT = term(1, 2427, "MDC_ATTR_SEG_USAGE_CNT");

    /** 1:2436. */
    public static final Code MDC_ATTR_SYS_ID = term(1, 2436, "MDC_ATTR_SYS_ID");

    /** 1:2438. */
    public static final Code MDC_ATTR_SYS_TYPE = term(1, 2438, "MDC_ATTR_SYS_TYPE");

    /** 1:2439. */
    public static final Code MDC_ATTR_TIME_ABS = term(1, 2439, "MDC_ATTR_TIME_ABS");

    /** 1:2440. */
    public static final Code MDC_ATTR_TIME_BATT_REMAIN = term(1, 2440, "MDC_ATTR_TIME_BATT_REMAIN");

    /** 1:2442. */
    public static final Code MDC_ATTR_TIME_END_SEG = term(1, 2442, "MDC_ATTR_TIME_END_SEG");

    /** 1:2445. */
    public static final Code MDC_ATTR_TIME_PD_SAMP = term(1, 2445, "MDC_ATTR_TIME_PD_SAMP");

    /** 1:2447. */
    public static final Code MDC_ATTR_TIME_REL = term(1, 2447, "MDC_ATTR_TIME_REL");

    /** 1:2448. */
    public static final Code MDC_ATTR_TIME_STAMP_ABS = term(1, 2448, "MDC_ATTR_TIME_STAMP_ABS");

    /** 1:2449. */
    public static final Code MDC_ATTR_TIME_STAMP_REL = term(1, 2449, "MDC_ATTR_TIME_STAMP_REL");

    /** 1:2450. */
    public static final Code MDC_ATTR_TIME_START_SEG = term(1, 2450, "MDC_ATTR_TIME_START_SEG");

    /** 1:2453. */
    public static final Code MDC_ATTR_TX_WIND = term(1, 2453, "MDC_ATTR_TX_WIND");

    /** 1:2454. */
    public static final Code MDC_ATTR_UNIT_CODE = term(1, 2454, "MDC_ATTR_UNIT_CODE");

    /** 1:2457. */
    public static final Code MDC_ATTR_UNIT_LABEL_STRING = term(1, 2457, "MDC_ATTR_UNIT_LABEL_STRING");

    /** 1:2460. */
    public static final Code MDC_ATTR_VAL_BATT_CHARGE = term(1, 2460, "MDC_ATTR_VAL_BATT_CHARGE", "battery");

    /** 1:2462. */
    public static final Code MDC_ATTR_VAL_ENUM_OBS = term(1, 2462, "MDC_ATTR_VAL_ENUM_OBS");

    /** 1:2520. From two open implementations, unverified against the standard. */
    public static final Code MDC_ATTR_PT_AGE = term(1, 2520, "MDC_ATTR_PT_AGE", "age");

    /** 1:2536. */
    public static final Code MDC_ATTR_TIME_REL_HI_RES = term(1, 2536, "MDC_ATTR_TIME_REL_HI_RES");

    /** 1:2537. */
    public static final Code MDC_ATTR_TIME_STAMP_REL_HI_RES = term(1, 2537, "MDC_ATTR_TIME_STAMP_REL_HI_RES");

    /** 1:2628. */
    public static final Code MDC_ATTR_DEV_CONFIG_ID = term(1, 2628, "MDC_ATTR_DEV_CONFIG_ID");

    /** 1:2629. */
    public static final Code MDC_ATTR_MDS_TIME_INFO = term(1, 2629, "MDC_ATTR_MDS_TIME_INFO");

    /** 1:2630. */
    public static final Code MDC_ATTR_METRIC_SPEC_SMALL = term(1, 2630, "MDC_ATTR_METRIC_SPEC_SMALL");

    /** 1:2631. */
    public static final Code MDC_ATTR_SOURCE_HANDLE_REF = term(1, 2631, "MDC_ATTR_SOURCE_HANDLE_REF");

    /** 1:2632. */
    public static final Code MDC_ATTR_SIMP_SA_OBS_VAL = term(1, 2632, "MDC_ATTR_SIMP_SA_OBS_VAL");

    /** 1:2633. */
    public static final Code MDC_ATTR_ENUM_OBS_VAL_SIMP_OID = term(1, 2633, "MDC_ATTR_ENUM_OBS_VAL_SIMP_OID");

    /** 1:2634. */
    public static final Code MDC_ATTR_ENUM_OBS_VAL_SIMP_STR = term(1, 2634, "MDC_ATTR_ENUM_OBS_VAL_SIMP_STR");

    /** 1:2635. */
    public static final Code MDC_ATTR_REG_CERT_DATA_LIST = term(1, 2635, "MDC_ATTR_REG_CERT_DATA_LIST");

    /** 1:2636. */
    public static final Code MDC_ATTR_NU_VAL_OBS_BASIC = term(1, 2636, "MDC_ATTR_NU_VAL_OBS_BASIC");

    /** 1:2637. */
    public static final Code MDC_ATTR_PM_STORE_CAPAB = term(1, 2637, "MDC_ATTR_PM_STORE_CAPAB");

    /** 1:2638. */
    public static final Code MDC_ATTR_PM_SEG_MAP = term(1, 2638, "MDC_ATTR_PM_SEG_MAP");

    /** 1:2639. */
    public static final Code MDC_ATTR_PM_SEG_PERSON_ID = term(1, 2639, "MDC_ATTR_PM_SEG_PERSON_ID");

    /** 1:2640. */
    public static final Code MDC_ATTR_SEG_STATS = term(1, 2640, "MDC_ATTR_SEG_STATS");

    /** 1:2641. */
    public static final Code MDC_ATTR_SEG_FIXED_DATA = term(1, 2641, "MDC_ATTR_SEG_FIXED_DATA");

    /** 1:2642. */
    public static final Code MDC_ATTR_PM_SEG_ELEM_STAT_ATTR = term(1, 2642, "MDC_ATTR_PM_SEG_ELEM_STAT_ATTR");

    /** 1:2643. */
    public static final Code MDC_ATTR_SCAN_HANDLE_ATTR_VAL_MAP = term(1, 2643, "MDC_ATTR_SCAN_HANDLE_ATTR_VAL_MAP");

    /** 1:2644. */
    public static final Code MDC_ATTR_SCAN_REP_PD_MIN = term(1, 2644, "MDC_ATTR_SCAN_REP_PD_MIN");

    /** 1:2645. */
    public static final Code MDC_ATTR_ATTRIBUTE_VAL_MAP = term(1, 2645, "MDC_ATTR_ATTRIBUTE_VAL_MAP");

    /** 1:2646. */
    public static final Code MDC_ATTR_NU_VAL_OBS_SIMP = term(1, 2646, "MDC_ATTR_NU_VAL_OBS_SIMP");

    /** 1:2647. */
    public static final Code MDC_ATTR_PM_STORE_LABEL_STRING = term(1, 2647, "MDC_ATTR_PM_STORE_LABEL_STRING");

    /** 1:2648. */
    public static final Code MDC_ATTR_PM_SEG_LABEL_STRING = term(1, 2648, "MDC_ATTR_PM_SEG_LABEL_STRING");

    /** 1:2649. */
    public static final Code MDC_ATTR_TIME_PD_MSMT_ACTIVE = term(1, 2649, "MDC_ATTR_TIME_PD_MSMT_ACTIVE");

    /** 1:2650. */
    public static final Code MDC_ATTR_SYS_TYPE_SPEC_LIST = term(1, 2650, "MDC_ATTR_SYS_TYPE_SPEC_LIST");

    /** 1:2655. */
    public static final Code MDC_ATTR_METRIC_ID_PART = term(1, 2655, "MDC_ATTR_METRIC_ID_PART");

    /** 1:2656. */
    public static final Code MDC_ATTR_ENUM_OBS_VAL_PART = term(1, 2656, "MDC_ATTR_ENUM_OBS_VAL_PART");

    /** 1:2657. */
    public static final Code MDC_ATTR_SUPPLEMENTAL_TYPES = term(1, 2657, "MDC_ATTR_SUPPLEMENTAL_TYPES");

    /** 1:2658. */
    public static final Code MDC_ATTR_TIME_ABS_ADJUST = term(1, 2658, "MDC_ATTR_TIME_ABS_ADJUST");

    /** 1:2659. */
    public static final Code MDC_ATTR_CLEAR_TIMEOUT = term(1, 2659, "MDC_ATTR_CLEAR_TIMEOUT");

    /** 1:2660. */
    public static final Code MDC_ATTR_TRANSFER_TIMEOUT = term(1, 2660, "MDC_ATTR_TRANSFER_TIMEOUT");

    /** 1:2661. */
    public static final Code MDC_ATTR_ENUM_OBS_VAL_SIMP_BIT_STR = term(1, 2661, "MDC_ATTR_ENUM_OBS_VAL_SIMP_BIT_STR");

    /** 1:2662. */
    public static final Code MDC_ATTR_ENUM_OBS_VAL_BASIC_BIT_STR = term(1, 2662, "MDC_ATTR_ENUM_OBS_VAL_BASIC_BIT_STR");

    /** 1:2675. */
    public static final Code MDC_ATTR_METRIC_STRUCT_SMALL = term(1, 2675, "MDC_ATTR_METRIC_STRUCT_SMALL");

    /** 1:2676. */
    public static final Code MDC_ATTR_NU_CMPD_VAL_OBS_SIMP = term(1, 2676, "MDC_ATTR_NU_CMPD_VAL_OBS_SIMP");

    /** 1:2677. */
    public static final Code MDC_ATTR_NU_CMPD_VAL_OBS_BASIC = term(1, 2677, "MDC_ATTR_NU_CMPD_VAL_OBS_BASIC");

    /** 1:2678. */
    public static final Code MDC_ATTR_ID_PHYSIO_LIST = term(1, 2678, "MDC_ATTR_ID_PHYSIO_LIST");

    /** 1:2679. */
    public static final Code MDC_ATTR_SCAN_HANDLE_LIST = term(1, 2679, "MDC_ATTR_SCAN_HANDLE_LIST");

    /** 1:2680. */
    public static final Code MDC_ATTR_CONTEXT_KEY = term(1, 2680, "MDC_ATTR_CONTEXT_KEY");

    /** 1:2681. */
    public static final Code MDC_ATTR_SRC_HANDLE_REF_LIST = term(1, 2681, "MDC_ATTR_SRC_HANDLE_REF_LIST");

    /** 1:2683. */
    public static final Code MDC_TIME_CAP_STATE = term(1, 2683, "MDC_TIME_CAP_STATE");

    /** 1:2684. */
    public static final Code MDC_TIME_SYNC_PROTOCOL = term(1, 2684, "MDC_TIME_SYNC_PROTOCOL");

    /** 1:2685. */
    public static final Code MDC_TIME_SYNC_ACCURACY = term(1, 2685, "MDC_TIME_SYNC_ACCURACY");

    /** 1:2686. */
    public static final Code MDC_TIME_RES_ABS = term(1, 2686, "MDC_TIME_RES_ABS");

    /** 1:2687. */
    public static final Code MDC_TIME_RES_REL = term(1, 2687, "MDC_TIME_RES_REL");

    /** 1:2688. */
    public static final Code MDC_TIME_RES_REL_HI_RES = term(1, 2688, "MDC_TIME_RES_REL_HI_RES");

    /** 1:2689. */
    public static final Code MDC_ATTR_TIME_BO = term(1, 2689, "MDC_ATTR_TIME_BO");

    /** 1:2690. */
    public static final Code MDC_ATTR_TIME_STAMP_BO = term(1, 2690, "MDC_ATTR_TIME_STAMP_BO");

    /** 1:2693. */
    public static final Code MDC_ATTR_TICK_RES = term(1, 2693, "MDC_ATTR_TICK_RES");

    /** 1:2696. */
    public static final Code MDC_ATTR_THRES_NOTIF_TEXT_STRING = term(1, 2696, "MDC_ATTR_THRES_NOTIF_TEXT_STRING");

    /** 1:2700. */
    public static final Code MDC_ATTR_MSMT_CONFIDENCE_95 = term(1, 2700, "MDC_ATTR_MSMT_CONFIDENCE_95");

    /** 1:2702. */
    public static final Code MDC_ATTR_EVENT_CONTEXT = term(1, 2702, "MDC_ATTR_EVENT_CONTEXT");

    /** 1:2703. */
    public static final Code MDC_TIME_RES_BO = term(1, 2703, "MDC_TIME_RES_BO");

    /** 1:3084. */
    public static final Code MDC_ACT_SEG_CLR = term(1, 3084, "MDC_ACT_SEG_CLR");

    /** 1:3085. */
    public static final Code MDC_ACT_SEG_GET_INFO = term(1, 3085, "MDC_ACT_SEG_GET_INFO");

    /** 1:3095. */
    public static final Code MDC_ACT_SET_TIME = term(1, 3095, "MDC_ACT_SET_TIME");

    /** 1:3099. */
    public static final Code MDC_ACT_DATA_REQUEST = term(1, 3099, "MDC_ACT_DATA_REQUEST");

    /** 1:3100. */
    public static final Code MDC_ACT_SEG_TRIG_XFER = term(1, 3100, "MDC_ACT_SEG_TRIG_XFER");

    /** 1:3356. */
    public static final Code MDC_NOTI_CONFIG = term(1, 3356, "MDC_NOTI_CONFIG");

    /** 1:3357. */
    public static final Code MDC_NOTI_SCAN_REPORT_FIXED = term(1, 3357, "MDC_NOTI_SCAN_REPORT_FIXED");

    /** 1:3358. */
    public static final Code MDC_NOTI_SCAN_REPORT_VAR = term(1, 3358, "MDC_NOTI_SCAN_REPORT_VAR");

    /** 1:3359. */
    public static final Code MDC_NOTI_SCAN_REPORT_MP_FIXED = term(1, 3359, "MDC_NOTI_SCAN_REPORT_MP_FIXED");

    /** 1:3360. */
    public static final Code MDC_NOTI_SCAN_REPORT_MP_VAR = term(1, 3360, "MDC_NOTI_SCAN_REPORT_MP_VAR");

    /** 1:3361. */
    public static final Code MDC_NOTI_SEGMENT_DATA = term(1, 3361, "MDC_NOTI_SEGMENT_DATA");

    /** 1:3362. */
    public static final Code MDC_NOTI_UNBUF_SCAN_REPORT_VAR = term(1, 3362, "MDC_NOTI_UNBUF_SCAN_REPORT_VAR");

    /** 1:3363. */
    public static final Code MDC_NOTI_UNBUF_SCAN_REPORT_FIXED = term(1, 3363, "MDC_NOTI_UNBUF_SCAN_REPORT_FIXED");

    /** 1:3364. */
    public static final Code MDC_NOTI_UNBUF_SCAN_REPORT_GROUPED = term(1, 3364, "MDC_NOTI_UNBUF_SCAN_REPORT_GROUPED");

    /** 1:3368. */
    public static final Code MDC_NOTI_BUF_SCAN_REPORT_VAR = term(1, 3368, "MDC_NOTI_BUF_SCAN_REPORT_VAR");

    /** 1:3369. */
    public static final Code MDC_NOTI_BUF_SCAN_REPORT_FIXED = term(1, 3369, "MDC_NOTI_BUF_SCAN_REPORT_FIXED");

    /** 1:3370. */
    public static final Code MDC_NOTI_BUF_SCAN_REPORT_GROUPED = term(1, 3370, "MDC_NOTI_BUF_SCAN_REPORT_GROUPED");

    // Partition 2: physiological terms (SCADA).

    /** 2:256. */
    public static final Code MDC_ECG_ELEC_POTL = term(2, 256, "MDC_ECG_ELEC_POTL", "ECG");

    /** 2:257. */
    public static final Code MDC_ECG_ELEC_POTL_I = term(2, 257, "MDC_ECG_ELEC_POTL_I", "ECG I");

    /** 2:258. */
    public static final Code MDC_ECG_ELEC_POTL_II = term(2, 258, "MDC_ECG_ELEC_POTL_II", "ECG II");

    /** 2:259. */
    public static final Code MDC_ECG_ELEC_POTL_V1 = term(2, 259, "MDC_ECG_ELEC_POTL_V1", "ECG V1");

    /** 2:260. */
    public static final Code MDC_ECG_ELEC_POTL_V2 = term(2, 260, "MDC_ECG_ELEC_POTL_V2", "ECG V2");

    /** 2:261. */
    public static final Code MDC_ECG_ELEC_POTL_V3 = term(2, 261, "MDC_ECG_ELEC_POTL_V3", "ECG V3");

    /** 2:262. */
    public static final Code MDC_ECG_ELEC_POTL_V4 = term(2, 262, "MDC_ECG_ELEC_POTL_V4", "ECG V4");

    /** 2:263. */
    public static final Code MDC_ECG_ELEC_POTL_V5 = term(2, 263, "MDC_ECG_ELEC_POTL_V5", "ECG V5");

    /** 2:264. */
    public static final Code MDC_ECG_ELEC_POTL_V6 = term(2, 264, "MDC_ECG_ELEC_POTL_V6", "ECG V6");

    /** 2:317. */
    public static final Code MDC_ECG_ELEC_POTL_III = term(2, 317, "MDC_ECG_ELEC_POTL_III", "ECG III");

    /** 2:318. */
    public static final Code MDC_ECG_ELEC_POTL_AVR = term(2, 318, "MDC_ECG_ELEC_POTL_AVR", "ECG aVR");

    /** 2:319. */
    public static final Code MDC_ECG_ELEC_POTL_AVL = term(2, 319, "MDC_ECG_ELEC_POTL_AVL", "ECG aVL");

    /** 2:320. */
    public static final Code MDC_ECG_ELEC_POTL_AVF = term(2, 320, "MDC_ECG_ELEC_POTL_AVF", "ECG aVF");

    /** 2:16168. */
    public static final Code MDC_ECG_TIME_PD_RR_GL = term(2, 16168, "MDC_ECG_TIME_PD_RR_GL", "RR interval");

    /** 2:16770. */
    public static final Code MDC_ECG_HEART_RATE = term(2, 16770, "MDC_ECG_HEART_RATE", "heart rate");

    /** 2:18458. */
    public static final Code MDC_PULS_OXIM_PULS_RATE = term(2, 18458, "MDC_PULS_OXIM_PULS_RATE", "pulse rate");

    /** 2:18474. */
    public static final Code MDC_PULS_RATE_NON_INV = term(2, 18474, "MDC_PULS_RATE_NON_INV", "pulse rate");

    /** 2:18948. */
    public static final Code MDC_PRESS_BLD_NONINV = term(2, 18948, "MDC_PRESS_BLD_NONINV", "blood pressure");

    /** 2:18949. */
    public static final Code MDC_PRESS_BLD_NONINV_SYS = term(2, 18949, "MDC_PRESS_BLD_NONINV_SYS", "systolic");

    /** 2:18950. */
    public static final Code MDC_PRESS_BLD_NONINV_DIA = term(2, 18950, "MDC_PRESS_BLD_NONINV_DIA", "diastolic");

    /** 2:18951. */
    public static final Code MDC_PRESS_BLD_NONINV_MEAN = term(2, 18951, "MDC_PRESS_BLD_NONINV_MEAN", "mean pressure");

    /** 2:19228. */
    public static final Code MDC_PRESS_CUFF = term(2, 19228, "MDC_PRESS_CUFF", "cuff pressure");

    /** 2:19248. */
    public static final Code MDC_SAT_O2_QUAL = term(2, 19248, "MDC_SAT_O2_QUAL");

    /** 2:19292. */
    public static final Code MDC_TEMP_BODY = term(2, 19292, "MDC_TEMP_BODY", "body temperature");

    /** 2:19320. */
    public static final Code MDC_TEMP_TYMP = term(2, 19320, "MDC_TEMP_TYMP", "tympanic temperature");

    /** 2:19376. */
    public static final Code MDC_PULS_OXIM_PERF_REL = term(2, 19376, "MDC_PULS_OXIM_PERF_REL", "pulse amplitude index");

    /** 2:19380. */
    public static final Code MDC_PULS_OXIM_PLETH = term(2, 19380, "MDC_PULS_OXIM_PLETH", "pleth");

    /** 2:19384. */
    public static final Code MDC_PULS_OXIM_SAT_O2 = term(2, 19384, "MDC_PULS_OXIM_SAT_O2", "SpO2");

    /** 2:19508. */
    public static final Code MDC_MODALITY_FAST = term(2, 19508, "MDC_MODALITY_FAST", "fast response");

    /** 2:19512. */
    public static final Code MDC_MODALITY_SLOW = term(2, 19512, "MDC_MODALITY_SLOW", "slow response");

    /** 2:19516. */
    public static final Code MDC_MODALITY_SPOT = term(2, 19516, "MDC_MODALITY_SPOT", "spot check");

    /** 2:19532. */
    public static final Code MDC_PULS_OXIM_DEV_STATUS = term(2, 19532, "MDC_PULS_OXIM_DEV_STATUS", "sensor status");

    /** 2:19533. */
    public static final Code MDC_PULS_OXIM_PULS_CHAR = term(2, 19533, "MDC_PULS_OXIM_PULS_CHAR");

    /** 2:20490. */
    public static final Code MDC_RESP_RATE = term(2, 20490, "MDC_RESP_RATE", "respiratory rate");

    /** 2:20498. */
    public static final Code MDC_AWAY_RESP_RATE = term(2, 20498, "MDC_AWAY_RESP_RATE");

    /** 2:21512. */
    public static final Code MDC_FLOW_AWAY_EXP_FORCED_PEAK = term(2, 21512, "MDC_FLOW_AWAY_EXP_FORCED_PEAK");

    /** 2:21513. */
    public static final Code MDC_FLOW_AWAY_EXP_FORCED_PEAK_PB = term(2, 21513, "MDC_FLOW_AWAY_EXP_FORCED_PEAK_PB");

    /** 2:21514. */
    public static final Code MDC_VOL_AWAY_EXP_FORCED_1S = term(2, 21514, "MDC_VOL_AWAY_EXP_FORCED_1S");

    /** 2:21515. */
    public static final Code MDC_VOL_AWAY_EXP_FORCED_6S = term(2, 21515, "MDC_VOL_AWAY_EXP_FORCED_6S");

    /** 2:28948. */
    public static final Code MDC_CONC_GLU_GEN = term(2, 28948, "MDC_CONC_GLU_GEN", "glucose");

    /** 2:29112. */
    public static final Code MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD =
            term(2, 29112, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD", "glucose, capillary whole blood");

    /** 2:29116. */
    public static final Code MDC_CONC_GLU_CAPILLARY_PLASMA =
            term(2, 29116, "MDC_CONC_GLU_CAPILLARY_PLASMA", "glucose, capillary plasma");

    /** 2:29120. */
    public static final Code MDC_CONC_GLU_VENOUS_WHOLEBLOOD =
            term(2, 29120, "MDC_CONC_GLU_VENOUS_WHOLEBLOOD", "glucose, venous whole blood");

    /** 2:29124. */
    public static final Code MDC_CONC_GLU_VENOUS_PLASMA =
            term(2, 29124, "MDC_CONC_GLU_VENOUS_PLASMA", "glucose, venous plasma");

    /** 2:29128. */
    public static final Code MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD =
            term(2, 29128, "MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD", "glucose, arterial whole blood");

    /** 2:29132. */
    public static final Code MDC_CONC_GLU_ARTERIAL_PLASMA =
            term(2, 29132, "MDC_CONC_GLU_ARTERIAL_PLASMA", "glucose, arterial plasma");

    /** 2:29136. */
    public static final Code MDC_CONC_GLU_CONTROL = term(2, 29136, "MDC_CONC_GLU_CONTROL", "glucose, control solution");

    /** 2:29140. */
    public static final Code MDC_CONC_GLU_ISF = term(2, 29140, "MDC_CONC_GLU_ISF", "glucose, interstitial fluid");

    /** 2:29148. */
    public static final Code MDC_CONC_HBA1C = term(2, 29148, "MDC_CONC_HBA1C", "HbA1c");

    /** 2:29188. */
    public static final Code MDC_RATIO_INR_COAG = term(2, 29188, "MDC_RATIO_INR_COAG");

    /** 2:29192. */
    public static final Code MDC_TIME_PD_COAG = term(2, 29192, "MDC_TIME_PD_COAG");

    /** 2:29196. */
    public static final Code MDC_QUICK_VALUE_COAG = term(2, 29196, "MDC_QUICK_VALUE_COAG");

    /** 2:29200. */
    public static final Code MDC_ISI_COAG = term(2, 29200, "MDC_ISI_COAG");

    /** 2:29204. */
    public static final Code MDC_COAG_CONTROL = term(2, 29204, "MDC_COAG_CONTROL");

    /** 2:29292. */
    public static final Code MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD =
            term(2, 29292, "MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD", "glucose, whole blood");

    /** 2:29296. */
    public static final Code MDC_CONC_GLU_UNDETERMINED_PLASMA =
            term(2, 29296, "MDC_CONC_GLU_UNDETERMINED_PLASMA", "glucose, plasma");

    /** 2:53250. */
    public static final Code MDC_TRIG = term(2, 53250, "MDC_TRIG");

    /** 2:53251. */
    public static final Code MDC_TRIG_BEAT = term(2, 53251, "MDC_TRIG_BEAT");

    /** 2:53259. */
    public static final Code MDC_TRIG_BEAT_MAX_INRUSH = term(2, 53259, "MDC_TRIG_BEAT_MAX_INRUSH");

    /** 2:57348. */
    public static final Code MDC_TEMP_RECT = term(2, 57348, "MDC_TEMP_RECT", "rectal temperature");

    /** 2:57352. */
    public static final Code MDC_TEMP_ORAL = term(2, 57352, "MDC_TEMP_ORAL", "oral temperature");

    /** 2:57356. */
    public static final Code MDC_TEMP_EAR = term(2, 57356, "MDC_TEMP_EAR", "ear temperature");

    /** 2:57360. */
    public static final Code MDC_TEMP_FINGER = term(2, 57360, "MDC_TEMP_FINGER", "finger temperature");

    /** 2:57376. */
    public static final Code MDC_TEMP_TOE = term(2, 57376, "MDC_TEMP_TOE", "toe temperature");

    /** 2:57380. */
    public static final Code MDC_TEMP_AXILLA = term(2, 57380, "MDC_TEMP_AXILLA", "armpit temperature");

    /** 2:57384. */
    public static final Code MDC_TEMP_GIT = term(2, 57384, "MDC_TEMP_GIT", "gastro-intestinal temperature");

    /** 2:57436. From several open implementations, unverified against the standard. */
    public static final Code MDC_TEMP_ROOM = term(2, 57436, "MDC_TEMP_ROOM", "room temperature");

    /** 2:57664. */
    public static final Code MDC_MASS_BODY_ACTUAL = term(2, 57664, "MDC_MASS_BODY_ACTUAL", "weight");

    /** 2:57668. */
    public static final Code MDC_LEN_BODY_ACTUAL = term(2, 57668, "MDC_LEN_BODY_ACTUAL", "height");

    /** 2:57676. */
    public static final Code MDC_BODY_FAT = term(2, 57676, "MDC_BODY_FAT", "body fat");

    /** 2:57680. */
    public static final Code MDC_RATIO_MASS_BODY_LEN_SQ = term(2, 57680, "MDC_RATIO_MASS_BODY_LEN_SQ", "BMI");

    /** 2:57684. */
    public static final Code MDC_MASS_BODY_FAT_FREE = term(2, 57684, "MDC_MASS_BODY_FAT_FREE", "fat-free mass");

    /** 2:57688. */
    public static final Code MDC_MASS_BODY_SOFT_LEAN = term(2, 57688, "MDC_MASS_BODY_SOFT_LEAN", "soft lean mass");

    /** 2:57692. */
    public static final Code MDC_BODY_WATER = term(2, 57692, "MDC_BODY_WATER", "body water");

    /** 2:57696. */
    public static final Code MDC_BASAL_METABOLISM = term(2, 57696, "MDC_BASAL_METABOLISM", "basal metabolism");

    /** 2:57700. */
    public static final Code MDC_BODY_MUSCLE = term(2, 57700, "MDC_BODY_MUSCLE", "muscle");

    /** 2:57704. */
    public static final Code MDC_MASS_BODY_MUSCLE = term(2, 57704, "MDC_MASS_BODY_MUSCLE", "muscle mass");

    /** 2:58368. */
    public static final Code MDC_INS_DELIV_BASAL = term(2, 58368, "MDC_INS_DELIV_BASAL");

    /** 2:58380. */
    public static final Code MDC_INS_DELIV_BOLUS_FAST = term(2, 58380, "MDC_INS_DELIV_BOLUS_FAST");

    /** 2:58384. */
    public static final Code MDC_INS_DELIV_BOLUS_SLOW = term(2, 58384, "MDC_INS_DELIV_BOLUS_SLOW");

    /** 2:58388. */
    public static final Code MDC_INS_DELIV_DAILY_DOSE = term(2, 58388, "MDC_INS_DELIV_DAILY_DOSE");

    // Partition 3: events.

    /** 3:21106. */
    public static final Code MDC_EVT_PEF_POST_MED = term(3, 21106, "MDC_EVT_PEF_POST_MED");

    // Partition 8: device profiles, time and certification.

    /** 8:4096. */
    public static final Code MDC_DEV_SPEC_PROFILE_HYDRA = term(8, 4096, "MDC_DEV_SPEC_PROFILE_HYDRA");

    /** 8:4100. */
    public static final Code MDC_DEV_SPEC_PROFILE_PULS_OXIM = term(8, 4100, "MDC_DEV_SPEC_PROFILE_PULS_OXIM");

    /** 8:4102. */
    public static final Code MDC_DEV_SPEC_PROFILE_MIN_ECG = term(8, 4102, "MDC_DEV_SPEC_PROFILE_MIN_ECG");

    /** 8:4103. */
    public static final Code MDC_DEV_SPEC_PROFILE_BP = term(8, 4103, "MDC_DEV_SPEC_PROFILE_BP");

    /** 8:4104. */
    public static final Code MDC_DEV_SPEC_PROFILE_TEMP = term(8, 4104, "MDC_DEV_SPEC_PROFILE_TEMP");

    /** 8:4109. */
    public static final Code MDC_DEV_SPEC_PROFILE_RESP_RATE = term(8, 4109, "MDC_DEV_SPEC_PROFILE_RESP_RATE");

    /** 8:4111. */
    public static final Code MDC_DEV_SPEC_PROFILE_SCALE = term(8, 4111, "MDC_DEV_SPEC_PROFILE_SCALE");

    /** 8:4113. */
    public static final Code MDC_DEV_SPEC_PROFILE_GLUCOSE = term(8, 4113, "MDC_DEV_SPEC_PROFILE_GLUCOSE");

    /** 8:4114. */
    public static final Code MDC_DEV_SPEC_PROFILE_COAG = term(8, 4114, "MDC_DEV_SPEC_PROFILE_COAG");

    /** 8:4115. */
    public static final Code MDC_DEV_SPEC_PROFILE_INSULIN_PUMP = term(8, 4115, "MDC_DEV_SPEC_PROFILE_INSULIN_PUMP");

    /** 8:4116. */
    public static final Code MDC_DEV_SPEC_PROFILE_BCA = term(8, 4116, "MDC_DEV_SPEC_PROFILE_BCA");

    /** 8:4117. */
    public static final Code MDC_DEV_SPEC_PROFILE_PEAK_FLOW = term(8, 4117, "MDC_DEV_SPEC_PROFILE_PEAK_FLOW");

    /** 8:4118. */
    public static final Code MDC_DEV_SPEC_PROFILE_URINE = term(8, 4118, "MDC_DEV_SPEC_PROFILE_URINE");

    /** 8:4120. */
    public static final Code MDC_DEV_SPEC_PROFILE_SABTE = term(8, 4120, "MDC_DEV_SPEC_PROFILE_SABTE");

    /** 8:4121. */
    public static final Code MDC_DEV_SPEC_PROFILE_CGM = term(8, 4121, "MDC_DEV_SPEC_PROFILE_CGM");

    /** 8:4124. */
    public static final Code MDC_DEV_SPEC_PROFILE_PSM = term(8, 4124, "MDC_DEV_SPEC_PROFILE_PSM");

    /** 8:4125. */
    public static final Code MDC_DEV_SPEC_PROFILE_SPIROMETER = term(8, 4125, "MDC_DEV_SPEC_PROFILE_SPIROMETER");

    /** 8:4137. */
    public static final Code MDC_DEV_SPEC_PROFILE_HF_CARDIO = term(8, 4137, "MDC_DEV_SPEC_PROFILE_HF_CARDIO");

    /** 8:4138. */
    public static final Code MDC_DEV_SPEC_PROFILE_HF_STRENGTH = term(8, 4138, "MDC_DEV_SPEC_PROFILE_HF_STRENGTH");

    /** 8:4167. */
    public static final Code MDC_DEV_SPEC_PROFILE_AI_ACTIVITY_HUB =
            term(8, 4167, "MDC_DEV_SPEC_PROFILE_AI_ACTIVITY_HUB");

    /** 8:4168. */
    public static final Code MDC_DEV_SPEC_PROFILE_AI_MED_MINDER = term(8, 4168, "MDC_DEV_SPEC_PROFILE_AI_MED_MINDER");

    /** 8:4169. */
    public static final Code MDC_DEV_SPEC_PROFILE_GENERIC = term(8, 4169, "MDC_DEV_SPEC_PROFILE_GENERIC");

    /** 8:4200. */
    public static final Code MDC_DEV_SUB_SPEC_PROFILE_STEP_COUNTER =
            term(8, 4200, "MDC_DEV_SUB_SPEC_PROFILE_STEP_COUNTER");

    /** 8:4213. */
    public static final Code MDC_DEV_SUB_SPEC_PROFILE_FALL_SENSOR =
            term(8, 4213, "MDC_DEV_SUB_SPEC_PROFILE_FALL_SENSOR");

    /** 8:4236. */
    public static final Code MDC_DEV_SUB_SPEC_PROFILE_ECG = term(8, 4236, "MDC_DEV_SUB_SPEC_PROFILE_ECG");

    /** 8:4237. */
    public static final Code MDC_DEV_SUB_SPEC_PROFILE_HR = term(8, 4237, "MDC_DEV_SUB_SPEC_PROFILE_HR");

    /** 8:4244. */
    public static final Code MDC_DEV_SUB_SPEC_PROFILE_CPAP = term(8, 4244, "MDC_DEV_SUB_SPEC_PROFILE_CPAP");

    /** 8:7693. */
    public static final Code MDC_MOC_VMS_MDS_AHD = term(8, 7693, "MDC_MOC_VMS_MDS_AHD");

    /** 8:7936. */
    public static final Code MDC_TIME_SYNC_NONE = term(8, 7936, "MDC_TIME_SYNC_NONE");

    /** 8:7937. */
    public static final Code MDC_TIME_SYNC_NTPV3 = term(8, 7937, "MDC_TIME_SYNC_NTPV3");

    /** 8:7938. */
    public static final Code MDC_TIME_SYNC_NTPV4 = term(8, 7938, "MDC_TIME_SYNC_NTPV4");

    /** 8:7939. */
    public static final Code MDC_TIME_SYNC_SNTPV4 = term(8, 7939, "MDC_TIME_SYNC_SNTPV4");

    /** 8:7940. */
    public static final Code MDC_TIME_SYNC_SNTPV4330 = term(8, 7940, "MDC_TIME_SYNC_SNTPV4330");

    /** 8:7941. */
    public static final Code MDC_TIME_SYNC_BTV1 = term(8, 7941, "MDC_TIME_SYNC_BTV1");

    /** 8:7946. */
    public static final Code MDC_TIME_SYNC_EBWW = term(8, 7946, "MDC_TIME_SYNC_EBWW");

    /** 8:8064. */
    public static final Code MDC_REG_CERT_DATA_CONTINUA_VERSION = term(8, 8064, "MDC_REG_CERT_DATA_CONTINUA_VERSION");

    /** 8:8065. */
    public static final Code MDC_REG_CERT_DATA_CONTINUA_CERT_DEV_LIST =
            term(8, 8065, "MDC_REG_CERT_DATA_CONTINUA_CERT_DEV_LIST");

    /** 8:8066. */
    public static final Code MDC_REG_CERT_DATA_CONTINUA_REG_STATUS =
            term(8, 8066, "MDC_REG_CERT_DATA_CONTINUA_REG_STATUS");

    /** 8:8067. */
    public static final Code MDC_REG_CERT_DATA_CONTINUA_AHD_CERT_LIST =
            term(8, 8067, "MDC_REG_CERT_DATA_CONTINUA_AHD_CERT_LIST");

    // Partition 128: disease management.

    /** 128:21976. */
    public static final Code MDC_ECG_DEV_STAT = term(128, 21976, "MDC_ECG_DEV_STAT");

    /** 128:21977. */
    public static final Code MDC_ECG_EVT_CTXT_GEN = term(128, 21977, "MDC_ECG_EVT_CTXT_GEN");

    /** 128:22000. */
    public static final Code MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS =
            term(128, 22000, "MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS", "cuff status");

    /** 128:22180. */
    public static final Code MDC_SABTE_AHI = term(128, 22180, "MDC_SABTE_AHI");

    // Glucose meters and the context of their readings: from several open implementations, unverified against the
    // standard.

    /** 128:29144. */
    public static final Code MDC_GLU_METER_DEV_STATUS = term(128, 29144, "MDC_GLU_METER_DEV_STATUS", "meter status");

    /** 128:29152. */
    public static final Code MDC_CTXT_GLU_EXERCISE = term(128, 29152, "MDC_CTXT_GLU_EXERCISE", "exercise");

    /** 128:29156. */
    public static final Code MDC_CTXT_GLU_CARB = term(128, 29156, "MDC_CTXT_GLU_CARB", "carbohydrates");

    /** 128:29160. */
    public static final Code MDC_CTXT_GLU_CARB_BREAKFAST =
            term(128, 29160, "MDC_CTXT_GLU_CARB_BREAKFAST", "carbohydrates, breakfast");

    /** 128:29164. */
    public static final Code MDC_CTXT_GLU_CARB_LUNCH =
            term(128, 29164, "MDC_CTXT_GLU_CARB_LUNCH", "carbohydrates, lunch");

    /** 128:29168. */
    public static final Code MDC_CTXT_GLU_CARB_DINNER =
            term(128, 29168, "MDC_CTXT_GLU_CARB_DINNER", "carbohydrates, dinner");

    /** 128:29172. */
    public static final Code MDC_CTXT_GLU_CARB_SNACK =
            term(128, 29172, "MDC_CTXT_GLU_CARB_SNACK", "carbohydrates, snack");

    /** 128:29176. */
    public static final Code MDC_CTXT_GLU_CARB_DRINK =
            term(128, 29176, "MDC_CTXT_GLU_CARB_DRINK", "carbohydrates, drink");

    /** 128:29180. */
    public static final Code MDC_CTXT_GLU_CARB_SUPPER =
            term(128, 29180, "MDC_CTXT_GLU_CARB_SUPPER", "carbohydrates, supper");

    /** 128:29184. */
    public static final Code MDC_CTXT_GLU_CARB_BRUNCH =
            term(128, 29184, "MDC_CTXT_GLU_CARB_BRUNCH", "carbohydrates, brunch");

    /** 128:29188. */
    public static final Code MDC_CTXT_MEDICATION = term(128, 29188, "MDC_CTXT_MEDICATION", "medication");

    /** 128:29192. */
    public static final Code MDC_CTXT_MEDICATION_RAPIDACTING =
            term(128, 29192, "MDC_CTXT_MEDICATION_RAPIDACTING", "rapid acting insulin");

    /** 128:29196. */
    public static final Code MDC_CTXT_MEDICATION_SHORTACTING =
            term(128, 29196, "MDC_CTXT_MEDICATION_SHORTACTING", "short acting insulin");

    /** 128:29200. */
    public static final Code MDC_CTXT_MEDICATION_INTERMEDIATEACTING =
            term(128, 29200, "MDC_CTXT_MEDICATION_INTERMEDIATEACTING", "intermediate acting insulin");

    /** 128:29204. */
    public static final Code MDC_CTXT_MEDICATION_LONGACTING =
            term(128, 29204, "MDC_CTXT_MEDICATION_LONGACTING", "long acting insulin");

    /** 128:29208. */
    public static final Code MDC_CTXT_MEDICATION_PREMIX =
            term(128, 29208, "MDC_CTXT_MEDICATION_PREMIX", "mixed insulin");

    /** 128:29212. */
    public static final Code MDC_CTXT_GLU_HEALTH = term(128, 29212, "MDC_CTXT_GLU_HEALTH", "health");

    /** 128:29216. */
    public static final Code MDC_CTXT_GLU_HEALTH_MINOR =
            term(128, 29216, "MDC_CTXT_GLU_HEALTH_MINOR", "minor health issues");

    /** 128:29220. */
    public static final Code MDC_CTXT_GLU_HEALTH_MAJOR =
            term(128, 29220, "MDC_CTXT_GLU_HEALTH_MAJOR", "major health issues");

    /** 128:29224. */
    public static final Code MDC_CTXT_GLU_HEALTH_MENSES =
            term(128, 29224, "MDC_CTXT_GLU_HEALTH_MENSES", "during menses");

    /** 128:29228. */
    public static final Code MDC_CTXT_GLU_HEALTH_STRESS =
            term(128, 29228, "MDC_CTXT_GLU_HEALTH_STRESS", "under stress");

    /** 128:29232. */
    public static final Code MDC_CTXT_GLU_HEALTH_NONE =
            term(128, 29232, "MDC_CTXT_GLU_HEALTH_NONE", "no health issues");

    /** 128:29236. */
    public static final Code MDC_CTXT_GLU_SAMPLELOCATION =
            term(128, 29236, "MDC_CTXT_GLU_SAMPLELOCATION", "sample location");

    /** 128:29240. */
    public static final Code MDC_CTXT_GLU_SAMPLELOCATION_FINGER =
            term(128, 29240, "MDC_CTXT_GLU_SAMPLELOCATION_FINGER", "finger");

    /** 128:29244. */
    public static final Code MDC_CTXT_GLU_SAMPLELOCATION_AST =
            term(128, 29244, "MDC_CTXT_GLU_SAMPLELOCATION_AST", "alternate site");

    /** 128:29248. */
    public static final Code MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE =
            term(128, 29248, "MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE", "earlobe");

    /** 128:29252. */
    public static final Code MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION =
            term(128, 29252, "MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION", "control solution");

    /** 128:29256. */
    public static final Code MDC_CTXT_GLU_MEAL = term(128, 29256, "MDC_CTXT_GLU_MEAL", "meal");

    /** 128:29260. */
    public static final Code MDC_CTXT_GLU_MEAL_PREPRANDIAL =
            term(128, 29260, "MDC_CTXT_GLU_MEAL_PREPRANDIAL", "before a meal");

    /** 128:29261. Unverified: one source. */
    public static final Code MDC_CTXT_GLU_MEAL_BEDTIME = term(128, 29261, "MDC_CTXT_GLU_MEAL_BEDTIME", "bedtime");

    /** 128:29264. */
    public static final Code MDC_CTXT_GLU_MEAL_POSTPRANDIAL =
            term(128, 29264, "MDC_CTXT_GLU_MEAL_POSTPRANDIAL", "after a meal");

    /** 128:29268. */
    public static final Code MDC_CTXT_GLU_MEAL_FASTING = term(128, 29268, "MDC_CTXT_GLU_MEAL_FASTING", "fasting");

    /** 128:29272. */
    public static final Code MDC_CTXT_GLU_MEAL_CASUAL = term(128, 29272, "MDC_CTXT_GLU_MEAL_CASUAL", "casual");

    /** 128:29276. */
    public static final Code MDC_CTXT_GLU_TESTER = term(128, 29276, "MDC_CTXT_GLU_TESTER", "tester");

    /** 128:29280. */
    public static final Code MDC_CTXT_GLU_TESTER_SELF = term(128, 29280, "MDC_CTXT_GLU_TESTER_SELF", "oneself");

    /** 128:29284. */
    public static final Code MDC_CTXT_GLU_TESTER_HCP = term(128, 29284, "MDC_CTXT_GLU_TESTER_HCP", "professional");

    /** 128:29288. */
    public static final Code MDC_CTXT_GLU_TESTER_LAB = term(128, 29288, "MDC_CTXT_GLU_TESTER_LAB", "laboratory");

    // Partition 129: health and fitness.

    /** 129:100. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_ALT_GAIN = term(129, 100, "MDC_HF_ALT_GAIN", "altitude gained");

    /** 129:101. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_ALT_LOSS = term(129, 101, "MDC_HF_ALT_LOSS", "altitude lost");

    /** 129:102. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_ALT = term(129, 102, "MDC_HF_ALT", "altitude");

    /** 129:103. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_DISTANCE = term(129, 103, "MDC_HF_DISTANCE", "distance");

    /** 129:106. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_LATITUDE = term(129, 106, "MDC_HF_LATITUDE", "latitude");

    /** 129:107. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_LONGITUDE = term(129, 107, "MDC_HF_LONGITUDE", "longitude");

    /** 129:110. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_SPEED = term(129, 110, "MDC_HF_SPEED", "speed");

    /** 129:111. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_CAD = term(129, 111, "MDC_HF_CAD", "cadence");

    /** 129:112. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_INCLINE = term(129, 112, "MDC_HF_INCLINE", "incline");

    /** 129:114. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_HR = term(129, 114, "MDC_HF_HR", "heart rate");

    /** 129:115. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_POWER = term(129, 115, "MDC_HF_POWER", "power");

    /** 129:117. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_STRIDE = term(129, 117, "MDC_HF_STRIDE", "stride length");

    /** 129:119. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_ENERGY = term(129, 119, "MDC_HF_ENERGY", "energy expended");

    /** 129:125. From several open implementations, unverified against the standard. */
    public static final Code MDC_HF_ACTIVITY_TIME = term(129, 125, "MDC_HF_ACTIVITY_TIME", "activity time");

    private Mdc() {}

    /** Returns the reference id of a term, such as {@code MDC_PULS_OXIM_SAT_O2}. */
    public static Optional<String> referenceId(Code code) {
        return Optional.ofNullable(TERMS.get(code)).map(Term::referenceId);
    }

    /** Returns the short English name of a term, such as {@code SpO2}; terms that no person reads have none. */
    public static Optional<String> displayName(Code code) {
        return Optional.ofNullable(TERMS.get(code)).flatMap(Term::displayName);
    }

    /** Returns the term of a reference id. */
    public static Optional<Code> code(String referenceId) {
        return Optional.ofNullable(CODES.get(referenceId));
    }

    /** Returns all terms of the table. */
    public static Collection<Code> all() {
        return Collections.unmodifiableSet(TERMS.keySet());
    }

    private static Code term(int partition, int term, String referenceId) {
        return put(Code.of(partition, term), new Term(referenceId, Optional.empty()));
    }

    private static Code term(int partition, int term, String referenceId, String displayName) {
        return put(Code.of(partition, term), new Term(referenceId, Optional.of(displayName)));
    }

    private static Code put(Code code, Term term) {
        if (TERMS.putIfAbsent(code, term) != null || CODES.putIfAbsent(term.referenceId(), code) != null) {
            throw new AssertionError("written twice: " + term.referenceId());
        }
        return code;
    }
}
